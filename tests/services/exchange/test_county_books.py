"""The workbook of all villages comes back from the county: merged as a village's is, no work is lost."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.domain.act import Role
from desktop.domain.lifecycle import OperatingStatus
from desktop.errors import NotAllowedError
from desktop.services.exchange.conflicts import ConflictRow
from desktop.services.exchange.sendings import Sendings
from desktop.services.registration.registrations import Choice, Registrations
from tests.offices import TODAY, TestOffice
from tests.services.exchanging import CODES, FIRST, NEW, SAND, WHITE, Exchange, numbers

pytestmark = pytest.mark.parametrize("place", ["sqlite"], indirect=True)


@pytest.fixture
def exchange(desk: TestOffice, tmp_path: Path) -> Exchange:
    return Exchange(desk, tmp_path)


def settle(exchange: Exchange, one: ConflictRow, *take: str) -> None:
    exchange.conflicts.decide(
        one.id,
        version=one.version,
        record_version=one.record_version,
        take=take,
        by=exchange.desk.clerk,
    )


def test_the_county_edits_moves_and_adds_and_all_of_it_goes_again(exchange: Exchange) -> None:
    kept, moved = exchange.add(), exchange.add(address="沙湖村1组1号", operator_name="李四", phone="")
    before = exchange.register()
    book = exchange.make(None)
    new = {**NEW, "village": "白塔", "address": "8组8号"}
    edited = exchange.edit(book, {0: {"phone": "13912345678"}, 1: {"village": WHITE}, 2: new})

    done, again = exchange.merge(edited), exchange.merge(edited)

    assert (numbers(done), numbers(again)) == ((1, 2, 0, 0, 0), (0, 0, 3, 0, 0))
    assert (done.village, exchange.record(kept).phone) == (None, "13912345678")
    assert exchange.record(moved).village_id == 1
    exchange.undo(done)
    assert exchange.register() == before
    assert numbers(exchange.merge(edited)) == (1, 2, 0, 0, 0)


def test_every_row_states_a_village_out_of_the_list(exchange: Exchange) -> None:
    exchange.add()
    path = exchange.make(None)
    page = load_workbook(path)["小摊贩"]
    at = {str(cell.value): cell.column for cell in page[CODES] if cell.value}
    rules = [
        rule.formula1
        for rule in page.data_validations.dataValidation
        if any(area.min_col == at["village"] for area in rule.sqref.ranges)
    ]
    villages = [cell.value for cell in load_workbook(path)["登记册"]["D"]]

    assert rules == [f"登记册!$D$1:$D${len(villages)}"]
    assert villages[:2] == [WHITE, "后阳村"]
    assert not page.cell(FIRST, at["village"]).protection.locked
    wrong = {0: {"village": "沙湖村3组"}, 1: NEW, 2: {**NEW, "village": "东村"}, 3: {"village": WHITE}}
    done = exchange.merge(exchange.edit(path, wrong))
    assert [(one.row - FIRST, one.field, one.code) for one in done.errors] == [
        (0, "village", "unknown_village"),
        (1, "village", "missing"),
        (2, "village", "unknown_village"),
    ]


def test_of_what_village_and_county_edited_nothing_is_lost_or_invented(exchange: Exchange) -> None:
    """Each shop has one way in which the two edit a field; each field differs from the others."""
    ways = [("", ""), ("村", ""), ("", "区"), ("同", "同"), ("村", "区"), ("村", None)]
    shops = [
        exchange.add(address=f"沙湖村1组{number}号", operator_id_number=None, phone=None, products="面")
        for number, _ in enumerate(ways)
    ]
    base = {"products": "面", "surveyor": "陈国华"}
    village, county = exchange.make(SAND), exchange.make(None)

    def edits(side: int) -> dict[int, dict[str, object] | None]:
        said = {row: way[side] for row, way in enumerate(ways) if way[side] != ""}
        return {row: {code: word and f"{word}{code}" for code in base} for row, word in said.items()}

    exchange.merge(exchange.edit(village, edits(0), name="村.xlsx"))
    done = exchange.merge(exchange.edit(county, edits(1), name="区.xlsx"))

    expected: list[object] = []
    for row, (first, second) in enumerate(ways):
        record = exchange.record(shops[row])
        said = {"products": record.products, "surveyor": record.surveyor}
        word = first or second or ""
        assert said == ({code: f"{word}{code}" for code in base} if word else base), ways[row]
        if first == "村" and second != "":
            expected += [(shops[row], code, second and f"{second}{code}") for code in base]
    assert sorted((one.id, one.field, one.theirs) for one in done.conflicts) == sorted(expected)


def test_a_village_that_changed_a_row_meanwhile_is_asked_about_and_not_overwritten(
    exchange: Exchange,
) -> None:
    shop = exchange.add()
    county = exchange.make(None)
    exchange.change(shop, phone="13800000001", village=WHITE, address="白塔村2组2号")

    done = exchange.merge(exchange.edit(county, {0: {"phone": "13800000002", "village": "后阳村"}}))

    assert [(one.field, one.here, one.theirs) for one in done.conflicts] == [
        ("village", WHITE, "后阳村"),
        ("phone", "13800000001", "13800000002"),
    ]
    (waiting,) = exchange.conflicts.waiting(by=exchange.desk.clerk)
    assert (waiting.side, waiting.village) == ("区里", WHITE)
    settle(exchange, waiting, "village")
    record = exchange.record(shop)
    assert (record.village_id, record.phone) == (2, "13800000001")
    exchange.undo(done)
    assert exchange.record(shop).village_id == 1


def test_a_move_under_a_paper_and_a_row_that_is_gone_wait(exchange: Exchange) -> None:
    papered, gone = exchange.add(), exchange.add(address="沙湖村1组1号", operator_name="李四", phone="")
    by = exchange.desk.clerk
    Registrations(exchange.desk.office).register_all(Choice(ids=(papered,)), decided_on=TODAY, by=by)
    county = exchange.edit(exchange.make(None), {0: {"village": WHITE, "surveyor": "区里的"}, 1: None})

    done = exchange.merge(county)

    assert numbers(done) == (0, 1, 0, 1, 1)
    record = exchange.record(papered)
    assert (record.village_id, record.surveyor) == (3, "区里的")
    move, taken_out = exchange.conflicts.waiting(by=by)
    assert [field.code for field in move.fields] == ["village"]
    assert move.warning.startswith("证卡 TF32041310020180001 写的是现在的地方")
    assert taken_out.warning == ""
    assert (taken_out.note, taken_out.where) == (
        "区里的交换表里没有这一行了",
        f"{county.name} · 小摊贩，区里删去了这一行",
    )
    settle(exchange, taken_out, "operating_status")
    assert exchange.record(gone).operating_status == OperatingStatus.NOT_FOUND


def test_it_is_the_whole_towns_and_no_village_has_sent_by_it(exchange: Exchange) -> None:
    shop = exchange.add()
    office, clerk = exchange.desk.office, exchange.desk.clerk
    villager = exchange.desk.somebody("沙湖村干部", Role.VILLAGE, village_id=3)
    county = exchange.edit(exchange.make(None), {0: {"operating_status": "停业", "note": "锁门"}})
    exchange.merge(county)
    sendings = Sendings(office)

    board = sendings.board(by=clerk)

    assert len(board.missing(date(2018, 6, 1))) == len(board.lines) == 8
    (sending,) = board.county[-1].sendings
    assert (sending.file, sending.waiting, board.county[-1].has_book) == (county.name, 1, True)
    assert board.county[-2].sendings == ()
    assert sendings.board(by=villager).county == ()
    (waiting,) = exchange.conflicts.waiting(by=clerk)
    assert (waiting.record_id, exchange.conflicts.waiting(by=villager)) == (shop, ())
    for ask in (
        lambda: exchange.merges.merge([county], by=villager),
        lambda: exchange.conflicts.decide(waiting.id, version=1, record_version=1, take=[], by=villager),
    ):
        with pytest.raises(NotAllowedError, match="全镇"):
            ask()

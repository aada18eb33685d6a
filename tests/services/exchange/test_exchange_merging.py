"""A village's workbook comes back: its edits come in once, no work is lost, and all of it can go again."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from desktop.domain.act import Role
from desktop.domain.lifecycle import OperatingStatus
from desktop.errors import ChangedMeanwhileError, NotAllowedError, UserError
from desktop.services.exchange.merging import ExchangeMerges
from desktop.services.imports.imports import Imports
from desktop.services.office.villages import Villages
from desktop.services.register.parked_duplicates import ParkedDuplicates
from tests.offices import LEDGERS, TestOffice, stall
from tests.services.exchanging import CODES, FIRST, NEW, SAND, WHITE, Edits, Exchange, numbers

ON_SQLITE = pytest.mark.parametrize("place", ["sqlite"], indirect=True)


@pytest.fixture
def exchange(desk: TestOffice, tmp_path: Path) -> Exchange:
    return Exchange(desk, tmp_path)


@ON_SQLITE
def test_a_workbook_that_nobody_edited_changes_nothing_and_counts_as_sent_once(exchange: Exchange) -> None:
    ledgers = [LEDGERS / "04-three-kinds.xlsx", LEDGERS / "05-duplicates-rare-names.xlsx"]
    Imports(exchange.desk.office, exchange.surveys, uuid4).take_in(ledgers, by=exchange.desk.clerk)
    villages = Villages(exchange.desk.office).all()[:3]
    books = [exchange.make(None), *(exchange.make(village.name) for village in villages)]
    before, runs = exchange.register(), exchange.runs()

    answers = exchange.merges.merge(books, by=exchange.desk.clerk).files
    again = exchange.merges.merge(books, by=exchange.desk.clerk).files

    assert sum(one.same for one in answers) > 10
    assert {numbers(one)[:2] + numbers(one)[3:] for one in (*answers, *again)} == {(0, 0, 0, 0)}
    assert exchange.register() == before
    assert exchange.runs() == runs + len(books)
    assert {one.import_id for one in again} == {None}


def test_edits_come_in_once_and_go_again_with_the_import(exchange: Exchange) -> None:
    shop, other = exchange.add(), exchange.add(address="沙湖村1组1号", operator_name="李四", phone="")
    before = exchange.register()
    book = exchange.edit(exchange.make(), {0: {"phone": "13912345678", "surveyor": None}, 2: NEW})

    dry = exchange.merge(book, is_dry_run=True)
    untouched = exchange.register()
    done = exchange.merge(book)
    after = exchange.register()
    again = exchange.merge(book)

    assert (numbers(dry), numbers(done), numbers(again)) == (
        (1, 1, 1, 0, 0),
        (1, 1, 1, 0, 0),
        (0, 0, 3, 0, 0),
    )
    assert (untouched, exchange.register()) == (before, after)
    record = exchange.record(shop)
    assert (record.phone, record.surveyor, record.products) == ("13912345678", None, "馄饨")
    assert exchange.record(other).version == 1
    assert done.import_id is not None
    imports = Imports(exchange.desk.office, exchange.surveys, uuid4)
    imports.undo(done.import_id, reason="发错了", by=exchange.desk.clerk)
    assert exchange.register() == before
    assert numbers(exchange.merge(book)) == (1, 1, 1, 0, 0)


def test_what_both_sides_changed_waits_field_by_field_and_the_rest_comes_in(exchange: Exchange) -> None:
    shop = exchange.add()
    book = exchange.make()
    changed = stall(phone="13800000001", products="馄饨、面条")
    exchange.surveys.save(
        "stall", changed, by=exchange.desk.clerk, identity=uuid4(), establishment_id=shop, version=1
    )
    theirs = {"phone": "13800000002", "products": "馄饨、豆浆", "operator_name": "钱永"}

    done = exchange.merge(exchange.edit(book, {0: theirs}))

    assert [(one.id, one.field, one.base, one.here, one.theirs) for one in done.conflicts] == [
        (shop, "phone", "17921275136", "13800000001", "13800000002"),
        (shop, "products", "馄饨", "馄饨、面条", "馄饨、豆浆"),
    ]
    assert exchange.record(shop).operator_name == "钱永"
    (waiting,) = exchange.conflicts.waiting(by=exchange.desk.clerk)
    assert [(one.code, one.here) for one in waiting.fields][1] == ("products", "馄饨、面条")
    assert "13800000002" not in repr(waiting)
    seen = {"version": waiting.version, "record_version": waiting.record_version}
    with pytest.raises(ChangedMeanwhileError):
        exchange.conflicts.decide(
            waiting.id, version=1, record_version=2, take=["phone"], by=exchange.desk.clerk
        )
    exchange.conflicts.decide(waiting.id, **seen, take=["phone"], by=exchange.desk.clerk)
    record = exchange.record(shop)
    assert (record.phone, record.products) == ("13800000002", "馄饨、面条")
    assert exchange.conflicts.waiting(by=exchange.desk.clerk) == ()
    assert done.import_id is not None
    imports = Imports(exchange.desk.office, exchange.surveys, uuid4)
    assert imports.undo(done.import_id, reason="发错了", by=exchange.desk.clerk).kept == ()
    record = exchange.record(shop)
    assert (record.phone, record.operator_name) == ("13800000001", "钱杰永")


def test_one_shop_named_by_two_villages_waits_and_is_there_once(exchange: Exchange) -> None:
    both = {**NEW, "operator_id_number": "340824200108147266"}
    first = exchange.edit(exchange.make(SAND), {0: both})
    second = exchange.edit(exchange.make(WHITE), {0: {**both, "address": "白塔村1组1号"}})

    done = exchange.merge(first, second)

    assert numbers(done) == (0, 0, 0, 0, 1)
    (conflict,) = done.conflicts
    assert (conflict.field, conflict.here, conflict.theirs) == ("village", SAND, WHITE)
    assert len(exchange.register()) == 1
    parked = ParkedDuplicates(exchange.desk.office, exchange.surveys, uuid4)
    (waiting,) = parked.waiting(by=exchange.desk.clerk)
    parked.decide_different(waiting.id, version=waiting.version, by=exchange.desk.clerk)
    assert len(exchange.register()) == 2
    later = exchange.edit(second, {0: {"phone": "13800009999"}})
    assert numbers(exchange.merge(later)) == (0, 1, 0, 0, 0)


def test_a_closed_shop_and_a_row_that_is_gone_wait_for_somebodys_word(exchange: Exchange) -> None:
    shop, gone = exchange.add(), exchange.add(address="沙湖村1组1号", operator_name="李四", phone="")
    edits: Edits = {0: {"operating_status": "停业", "note": "6月起歇业"}, 1: None}
    book = exchange.edit(exchange.make(), edits)

    done, again = exchange.merge(book), exchange.merge(book)

    assert (numbers(done), numbers(again)) == ((0, 0, 0, 1, 1), (0, 0, 1, 0, 0))
    first, second = exchange.conflicts.waiting(by=exchange.desk.clerk)
    assert (first.record_id, first.note, second.record_id, second.row) == (shop, "6月起歇业", gone, None)
    assert exchange.record(shop).operating_status == OperatingStatus.OPERATING
    for one in (first, second):
        exchange.conflicts.decide(
            one.id,
            version=one.version,
            record_version=one.record_version,
            take=["operating_status"],
            by=exchange.desk.clerk,
        )
    states = [exchange.record(one).operating_status for one in (shop, gone)]
    assert states == [OperatingStatus.PAUSED, OperatingStatus.NOT_FOUND]


@ON_SQLITE
def test_a_wrong_cell_keeps_the_whole_workbook_out_and_is_named(exchange: Exchange) -> None:
    wrong: dict[str, dict[str, object]] = {
        "id_number_shape": {"operator_id_number": "3204131986032799"},
        "formula": {"phone": "=1+1"},
        "missing": {"operator_name": None},
        "unknown_value": {"operating_status": "卖了"},
        "more_than_employees": {"health_certificate_count": 9},
    }
    for number in range(len(wrong) + 1):
        exchange.add(address=f"沙湖村1组{number}号", operator_id_number=None, phone=None)
    before = exchange.register()
    edits: Edits = {**dict(enumerate(wrong.values())), len(wrong): {"products": "面"}}
    book = exchange.edit(exchange.make(), edits)

    done = exchange.merge(book)

    assert {one.row - FIRST: one.code for one in done.errors} == dict(enumerate(wrong))
    assert (done.import_id, exchange.register()) == (None, before)
    good = exchange.merge(book, good_rows_only=True)
    assert (good.changed, len(good.errors)) == (1, len(wrong))


@ON_SQLITE
def test_a_copied_row_is_a_new_shop_and_the_record_stays_who_it_was(exchange: Exchange) -> None:
    shop = exchange.add()
    path = exchange.make()
    page = load_workbook(path)["小摊贩"]
    at = {str(cell.value): cell.column for cell in page[CODES] if cell.value}
    copied = {code: page.cell(FIRST, column).value for code, column in at.items()}

    done = exchange.merge(exchange.edit(path, {1: {**copied, **NEW, "operator_id_number": None}}))

    assert numbers(done) == (1, 0, 1, 0, 0)
    assert exchange.record(shop).operator_name == "钱杰永"


def test_two_workbooks_of_one_village_are_merged_one_after_the_other(exchange: Exchange) -> None:
    shop = exchange.add()
    may, june = exchange.make(), exchange.make()
    first = exchange.edit(may, {0: {"phone": "13800000001"}, 1: NEW})
    second = exchange.edit(june, {0: {"phone": "13800000002", "products": "面"}}, name="六月.xlsx")

    one, again, other = exchange.merges.merge([first, first, second], by=exchange.desk.clerk).files

    assert [numbers(file) for file in (one, again, other)] == [
        (1, 1, 0, 0, 0),
        (0, 0, 2, 0, 0),
        (0, 1, 0, 0, 1),
    ]
    record = exchange.record(shop)
    assert (record.phone, record.products) == ("13800000001", "面")
    imports = Imports(exchange.desk.office, exchange.surveys, uuid4)
    for import_id in (other.import_id, one.import_id):
        assert import_id is not None
        assert imports.undo(import_id, reason="发错了", by=exchange.desk.clerk).kept == ()
    assert (exchange.record(shop).phone, len(exchange.register())) == ("17921275136", 1)


@ON_SQLITE
def test_only_workbooks_of_this_register_are_merged(exchange: Exchange) -> None:
    office, clerk = exchange.desk.office, exchange.desk.clerk
    book = exchange.make()
    villager = exchange.desk.somebody("白塔村干部", Role.VILLAGE, village_id=1)
    strange = exchange.folder / "别处.xlsx"
    strange.write_bytes(book.read_bytes())
    foreign, identity = load_workbook(book), uuid4()
    for name in ("小作坊", "小摊贩", "小餐饮"):
        kind = str(foreign[name].cell(1, 1).value).split()[-1]
        foreign[name].cell(1, 1).value = f"SANXIAO-EXCHANGE/1 {identity} {kind}"
    foreign.save(strange)

    refusals: list[tuple[str, Callable[[], object]]] = [
        ("不是月度交换表", lambda: exchange.merge(LEDGERS / "01-tidy-stalls.xlsx")),
        ("不是这本登记册做的", lambda: exchange.merge(strange)),
    ]
    for sentence, ask in refusals:
        with pytest.raises(UserError, match=sentence):
            ask()
    with pytest.raises(NotAllowedError):
        ExchangeMerges(office, exchange.surveys, uuid4).merge([book], by=villager)
    imports = Imports(office, exchange.surveys, uuid4)
    with pytest.raises(UserError, match="交换表"):
        imports.take_in([book], by=clerk)
    edited = exchange.edit(strange, {0: NEW}, name="别处改.xlsx")
    assert imports.take_in([edited], by=clerk).files[0].sheets[0].counts.new == 1

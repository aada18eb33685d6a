"""Two records of one establishment become one with both histories and numbers, and are told apart again."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from desktop.domain.act import Actor, Role
from desktop.domain.lifecycle import OperatingStatus, Route
from desktop.domain.paper_life import PaperAct
from desktop.domain.sheet_code import sheet_code
from desktop.errors import ChangedMeanwhileError, NotAllowedError, UserError
from desktop.models.register import Base
from desktop.services.exchange.books import ExchangeBooks
from desktop.services.exchange.merging import ExchangeMerges
from desktop.services.imports.imports import Imports
from desktop.services.imports.runs import ImportRuns
from desktop.services.office.trail import Trail
from desktop.services.office.villages import Villages
from desktop.services.rectification.shutdowns import Shutdowns
from desktop.services.register.dossiers import Dossiers
from desktop.services.register.establishments import Establishments
from desktop.services.register.joining_comparison import Comparison
from desktop.services.register.joinings import Joinings
from desktop.services.register.leafing import Filters
from desktop.services.registration.applications import Applications
from desktop.services.registration.paper_lives import PaperLives
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from tests.offices import LEDGERS, TODAY, TestOffice, stall

OTHER = {
    "operator_id_number": "320482199001010019",
    "address": "沙湖村4组1号",
    "phone": "13912345678",
    "products": "馄饨、面条",
}


def two(desk: TestOffice) -> tuple[int, int]:
    surveys = Surveys(desk.office)
    kept = surveys.save("stall", stall(), by=desk.clerk, identity=uuid4()).id
    other = surveys.save("stall", stall(**OTHER), by=desk.clerk, identity=uuid4()).id
    return kept, other


def compared(desk: TestOffice, kept: int, other: int) -> Comparison:
    number = Establishments(desk.office).detail(other, by=desk.clerk).row.archive_number
    return Joinings(desk.office).compare(kept, number, by=desk.clerk)


def join(desk: TestOffice, kept: int, other: int, *take: str) -> str:
    said = compared(desk, kept, other)
    versions = (said.kept.version, said.other.version)
    return Joinings(desk.office).join(kept, other, versions=versions, take=take, by=desk.clerk)


def register(desk: TestOffice, *ids: int) -> None:
    answer = Registrations(desk.office).register_all(Choice(ids=ids), decided_on=TODAY, by=desk.clerk)
    assert len(answer.issued) == len(ids)


def everything(desk: TestOffice) -> dict[str, list[tuple[object, ...]]]:
    """Return all that stands in the register; versions, the trail and the log of changes go on."""
    left_out = {"audit_entry", "audit_head", "establishment_change", "joined_establishment"}
    with desk.office.db.reading() as session:
        return {
            table.name: sorted(
                (
                    tuple(value for name, value in row._mapping.items() if name != "version")
                    for row in session.execute(select(table))
                ),
                key=repr,
            )
            for table in Base.metadata.sorted_tables
            if table.name not in left_out
        }


def test_both_are_shown_side_by_side_with_personal_numbers_masked(desk: TestOffice) -> None:
    kept, other = two(desk)

    said = compared(desk, kept, other)

    fields = {field.code: field for field in said.fields}
    assert said.refusal == ""
    assert (said.kept.id, said.other.id) == (kept, other)
    assert fields["products"].differs
    assert not fields["operator_name"].differs
    assert "198603279990" not in fields["operator_id_number"].kept


def test_the_kept_one_has_both_histories_both_numbers_and_the_chosen_answers(desk: TestOffice) -> None:
    kept, other = two(desk)
    register(desk, other)
    desk.clock.moment = datetime(2018, 6, 7, 23, 0, tzinfo=UTC)  # seven in the morning of the next day
    register_of = Establishments(desk.office)
    paper = register_of.detail(other, by=desk.clerk).row.paper_number

    number = join(desk, kept, other, "products", "phone", "address")

    dossier = Dossiers(desk.office).open(kept, by=desk.clerk)
    assert register_of.count(Filters(), by=desk.clerk) == 1
    assert dossier.row.products == "馄饨、面条"
    assert dossier.row.address == "沙湖村4组1号"
    assert dossier.row.registration_status == "registered"
    assert [one.number for one in dossier.papers] == [paper]
    assert [hit.id for hit in register_of.find(number, by=desk.clerk)] == [kept]
    assert [hit.id for hit in register_of.find(paper or "", by=desk.clerk)] == [kept]
    history = Dossiers(desk.office).timeline(kept, by=desk.clerk)
    (told,) = [entry for entry in history if entry.title == "并档"]
    assert number in repr(told)
    (joined,) = Joinings(desk.office).of(kept, by=desk.clerk)
    assert (joined.archive_number, joined.joined_on, joined.joined_by) == (number, TODAY, "周敏")
    assert any(
        row.action == "establishment.join" for row in Trail(desk.office).of_establishment(kept, by=desk.clerk)
    )


def test_a_check_list_under_the_old_number_leads_to_the_kept_one(desk: TestOffice) -> None:
    kept, other = two(desk)
    number = join(desk, kept, other)
    shops, elsewhere = Establishments(desk.office), desk.somebody("别村干部", Role.VILLAGE, village_id=4)

    def scanned(by: Actor) -> int | None:
        hit = shops.of_sheet(sheet_code(number), by=by)
        return hit and hit.id

    assert (scanned(desk.clerk), scanned(elsewhere)) == (kept, None)
    (joined,) = Joinings(desk.office).of(kept, by=desk.clerk)
    Joinings(desk.office).separate(joined.id, by=desk.clerk)
    assert scanned(desk.clerk) == other


def test_told_apart_again_the_register_is_as_it_was(desk: TestOffice) -> None:
    kept, other = two(desk)
    register(desk, other)
    before = everything(desk)
    number = join(desk, kept, other, "products", "address")

    (joined,) = Joinings(desk.office).of(kept, by=desk.clerk)
    assert Joinings(desk.office).separate(joined.id, by=desk.clerk) == number

    assert everything(desk) == before
    assert Joinings(desk.office).of(kept, by=desk.clerk) == ()
    assert [hit.id for hit in Establishments(desk.office).find(number, by=desk.clerk)] == [other]


def test_what_was_built_upon_since_stays_one(desk: TestOffice) -> None:
    kept, other = two(desk)
    join(desk, kept, other)
    register(desk, kept)
    (joined,) = Joinings(desk.office).of(kept, by=desk.clerk)

    with pytest.raises(UserError, match="又办过事"):
        Joinings(desk.office).separate(joined.id, by=desk.clerk)


def test_a_new_shop_does_not_get_the_id_of_the_one_that_was_set_aside(desk: TestOffice) -> None:
    kept, other = two(desk)
    join(desk, kept, other)
    new = Surveys(desk.office).save(
        "stall", stall(address="沙湖村9组9号", products="饼"), by=desk.clerk, identity=uuid4()
    )
    (joined,) = Joinings(desk.office).of(kept, by=desk.clerk)

    Joinings(desk.office).separate(joined.id, by=desk.clerk)

    assert new.id not in {kept, other}
    assert Establishments(desk.office).count(Filters(), by=desk.clerk) == 3


def test_of_two_joinings_the_last_is_taken_back_first_and_then_the_one_before(desk: TestOffice) -> None:
    kept, other = two(desk)
    third = Surveys(desk.office).save("stall", stall(products="饼"), by=desk.clerk, identity=uuid4()).id
    before = everything(desk)
    joinings, numbers = Joinings(desk.office), [join(desk, kept, shop) for shop in (other, third)]

    last, first = joinings.of(kept, by=desk.clerk)
    assert [last.archive_number, first.archive_number] == numbers[::-1]
    assert (last.can_be_separated, first.can_be_separated) == (True, False)
    joinings.separate(last.id, by=desk.clerk)
    (first,) = joinings.of(kept, by=desk.clerk)
    assert first.can_be_separated
    joinings.separate(first.id, by=desk.clerk)

    assert everything(desk) == before


def test_what_was_done_between_two_joinings_keeps_the_first(desk: TestOffice) -> None:
    kept, other = two(desk)
    third = Surveys(desk.office).save("stall", stall(products="饼"), by=desk.clerk, identity=uuid4()).id
    joinings = Joinings(desk.office)
    join(desk, kept, other)
    register(desk, kept)
    join(desk, kept, third)

    joinings.separate(joinings.of(kept, by=desk.clerk)[0].id, by=desk.clerk)

    (first,) = joinings.of(kept, by=desk.clerk)
    assert not first.can_be_separated


def test_two_living_papers_are_settled_first(desk: TestOffice) -> None:
    kept, other = two(desk)
    register(desk, kept, other)

    assert "各有一张有效的证卡" in compared(desk, kept, other).refusal
    with pytest.raises(UserError, match="请先决定作废或注销哪一张"):
        join(desk, kept, other)


def test_a_paper_that_lives_stands_before_one_that_was_issued_later_and_ended(desk: TestOffice) -> None:
    kept, other = two(desk)
    register(desk, kept)
    register(desk, other)
    living, ended = (Dossiers(desk.office).open(shop, by=desk.clerk).papers[0] for shop in (kept, other))
    PaperLives(desk.office).take(PaperAct.VOIDING, ended.id, on=TODAY, reason="重复发证", by=desk.clerk)
    before = everything(desk)

    join(desk, kept, other)

    row = Dossiers(desk.office).open(kept, by=desk.clerk).row
    assert (row.paper_number, row.paper_status) == (living.number, "valid")
    (joined,) = Joinings(desk.office).of(kept, by=desk.clerk)
    Joinings(desk.office).separate(joined.id, by=desk.clerk)
    assert everything(desk) == before


def test_a_closed_one_is_not_hidden_in_one_that_trades(desk: TestOffice) -> None:
    kept, other = two(desk)
    surveys = Surveys(desk.office)
    surveys.change_operating_status(other, OperatingStatus.CLOSED, on=TODAY, note="不做了", by=desk.clerk)

    with pytest.raises(UserError, match="死灰复燃"):
        join(desk, kept, other)


def test_an_order_to_close_is_not_lost(desk: TestOffice) -> None:
    kept, other = two(desk)
    surveys, shutdowns = Surveys(desk.office), Shutdowns(desk.office)

    def close(shop: int) -> None:
        shutdowns.order_to_close(shop, close_by=TODAY, on=TODAY, reason="不具备条件", by=desk.clerk)

    surveys.decide(other, route=Route.CLOSE_BY_DATE, disposition=None, by=desk.clerk)
    assert "请先把两户的处置意见改定成一样的" in compared(desk, kept, other).refusal
    surveys.decide(kept, route=Route.CLOSE_BY_DATE, disposition=None, by=desk.clerk)
    assert compared(desk, kept, other).refusal == ""
    close(other)
    assert "也作出限期关停的决定" in compared(desk, kept, other).refusal
    close(kept)
    assert compared(desk, kept, other).refusal == ""


def test_a_factory_is_not_hidden_in_a_stall(desk: TestOffice) -> None:
    kept, other = two(desk)
    surveys, note = Surveys(desk.office), "食品生产许可证 SC10132041300017"
    surveys.change_operating_status(kept, OperatingStatus.UPGRADED, on=TODAY, note=note, by=desk.clerk)

    assert "也办成升级" in compared(desk, kept, other).refusal
    assert "也办成升级" in compared(desk, other, kept).refusal


def test_an_application_in_hand_goes_on(desk: TestOffice) -> None:
    kept, other = two(desk)
    Surveys(desk.office).decide(kept, route=Route.PUT_RIGHT_FIRST, disposition=None, by=desk.clerk)
    Applications(desk.office).apply(other, on=TODAY, materials=(), by=desk.clerk)

    join(desk, kept, other)

    assert Dossiers(desk.office).open(kept, by=desk.clerk).row.registration_status == "applied"


def test_an_application_beside_a_living_paper_is_settled_first(desk: TestOffice) -> None:
    kept, other = two(desk)
    register(desk, other)
    Applications(desk.office).apply(kept, on=TODAY, materials=(), by=desk.clerk)

    assert "请先办结或撤回申请" in compared(desk, kept, other).refusal
    with pytest.raises(UserError, match="有在办的登记申请"):
        join(desk, other, kept)


def test_a_place_changes_neither_silently_nor_under_a_living_paper(desk: TestOffice) -> None:
    kept, other = two(desk)
    join(desk, kept, other, "address")
    history = Dossiers(desk.office).timeline(kept, by=desk.clerk)
    assert [entry.title for entry in history].count("搬迁") == 1
    (joined,) = Joinings(desk.office).of(kept, by=desk.clerk)
    Joinings(desk.office).separate(joined.id, by=desk.clerk)

    register(desk, kept)
    with pytest.raises(UserError, match="或者先办证卡变更"):
        join(desk, kept, other, "address")
    with pytest.raises(UserError, match="不在所选的地址上"):
        join(desk, other, kept)


def test_who_saw_another_version_is_told(desk: TestOffice) -> None:
    kept, other = two(desk)
    with pytest.raises(ChangedMeanwhileError, match="没有并档"):
        Joinings(desk.office).join(kept, other, versions=(9, 1), take=(), by=desk.clerk)


def test_a_village_joins_nothing(desk: TestOffice) -> None:
    kept, other = two(desk)
    villager = desk.somebody("沙湖村干部", Role.VILLAGE, village_id=3)

    with pytest.raises(NotAllowedError, match="不能并档"):
        Joinings(desk.office).join(kept, other, versions=(1, 1), take=(), by=villager)


def test_an_import_taken_back_leaves_what_was_joined(desk: TestOffice) -> None:
    imports = Imports(desk.office, Surveys(desk.office), uuid4)
    imports.take_in([LEDGERS / "01-tidy-stalls.xlsx"], by=desk.clerk)
    first, second = Establishments(desk.office).page(Filters(), by=desk.clerk, limit=2)
    join(desk, first.id, second.id)
    (run,) = ImportRuns(desk.office).recent(by=desk.clerk)

    undone = imports.undo(run.id, reason="试", by=desk.clerk)

    assert [row.id for row in Establishments(desk.office).page(Filters(), by=desk.clerk)] == [first.id]
    assert len(undone.kept) == 2
    (joined,) = Joinings(desk.office).of(first.id, by=desk.clerk)
    assert not joined.can_be_separated
    with pytest.raises(UserError, match="那次导入已经撤回"):
        Joinings(desk.office).separate(joined.id, by=desk.clerk)


def test_a_workbook_that_names_both_comes_back_to_the_one(desk: TestOffice, tmp_path) -> None:
    kept, other = two(desk)
    path = tmp_path / "沙湖村.xlsx"
    ExchangeBooks(desk.office, uuid4).make(Villages(desk.office).named("沙湖村"), path, by=desk.clerk)
    join(desk, kept, other)

    answer = ExchangeMerges(desk.office, Surveys(desk.office), uuid4).merge([path], by=desk.clerk)

    (file,) = answer.files
    assert (file.new, file.changed, file.deleted, file.conflicts) == (0, 0, 0, ())


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_a_village_takes_the_second_row_out_and_the_shop_is_not_gone(desk: TestOffice, tmp_path) -> None:
    kept, other = two(desk)
    path = tmp_path / "沙湖村.xlsx"
    ExchangeBooks(desk.office, uuid4).make(Villages(desk.office).named("沙湖村"), path, by=desk.clerk)
    join(desk, kept, other)
    book = load_workbook(path)
    rows = {cell.row for row in book["小摊贩"].iter_rows() for cell in row if cell.value == OTHER["address"]}
    book["小摊贩"].delete_rows(*rows)
    book.save(path)

    answer = ExchangeMerges(desk.office, Surveys(desk.office), uuid4).merge([path], by=desk.clerk)

    (file,) = answer.files
    assert (len(rows), file.new, file.changed, file.deleted, file.conflicts) == (1, 0, 0, 0, ())

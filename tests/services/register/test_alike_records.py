"""Records of the register that are alike are found pair by pair, joined, or told apart for good."""

from uuid import uuid4

import pytest

from desktop.domain.act import Role
from desktop.domain.lifecycle import OperatingStatus
from desktop.errors import ChangedMeanwhileError, NotAllowedError, UserError
from desktop.services.imports.imports import Imports
from desktop.services.office.trail import Trail
from desktop.services.register.alike_records import AlikePair, AlikeRecords
from desktop.services.register.joinings import Joinings
from desktop.services.register.parked_duplicates import ParkedDuplicates
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice, stall, workshop
from tests.services.ledgers import ZHANG, Ledger

NOBODY = {"operator_id_number": None, "phone": None}
IDS = ("320482199001010019", "340824200108147266", "320413196207227743", "34082419760505682X")


@pytest.fixture
def alike(desk: TestOffice) -> AlikeRecords:
    return AlikeRecords(desk.office)


def enter(desk: TestOffice, kind: str, **answers: object) -> int:
    typed = stall(**answers) if kind == "stall" else workshop(**answers)
    return Surveys(desk.office).save(kind, typed, by=desk.clerk, identity=uuid4()).id


def found(desk: TestOffice, alike: AlikeRecords) -> list[tuple[int, int, tuple[str, ...], bool]]:
    return [
        (pair.kept.id, pair.other.id, pair.alike, pair.is_sure) for pair in alike.page(by=desk.clerk).pairs
    ]


def versions(desk: TestOffice, pair: AlikePair) -> tuple[int, int]:
    compared = Joinings(desk.office).compare(pair.kept.id, pair.other.archive_number, by=desk.clerk)
    return compared.kept.version, compared.other.version


def tell_apart(desk: TestOffice, alike: AlikeRecords, pair: AlikePair) -> None:
    alike.tell_apart(pair.kept.id, pair.other.id, versions=versions(desk, pair), by=desk.clerk)


def test_each_likeness_is_found_under_folding_and_the_sure_ones_come_first(
    desk: TestOffice, alike: AlikeRecords
) -> None:
    by_phone = enter(desk, "workshop", name="甲坊", address="沙湖村1组1号", operator_id_number=IDS[0])
    also = enter(
        desk,
        "workshop",
        name="乙坊",
        village="白塔村",
        address="白塔村9组9号",
        operator_id_number=IDS[1],
        phone="０５１９－８２８８１２３４、13912345678",
    )
    named = enter(desk, "workshop", **NOBODY, name="李记 豆腐坊", address="沙湖村桥头", operator_name="李四")
    alike_named = enter(
        desk, "workshop", **NOBODY, name="李记豆腐坊", address="沙湖村菜场", operator_name="王五"
    )
    placed = enter(desk, "stall", address="沙湖村六组7號", operator_id_number=IDS[2], phone=None)
    at_place = enter(desk, "stall", address="金城镇沙湖村6组7号", operator_id_number=None)
    person = enter(desk, "stall", address="沙湖村8组8号", operator_id_number=IDS[2], phone="13811112222")
    elsewhere = {"village": "白塔村", "address": "白塔村路口", "operator_name": "周七"}
    enter(desk, "workshop", **NOBODY, **elsewhere, name="李记豆腐坊")

    assert found(desk, alike) == [
        (placed, at_place, ("address",), True),
        (by_phone, also, ("phone",), False),
        (named, alike_named, ("name",), False),
        (placed, person, ("operator_id_number",), False),
    ]


def test_a_page_holds_some_and_counts_all(desk: TestOffice, alike: AlikeRecords) -> None:
    for number in range(4):
        enter(desk, "stall", address=f"沙湖村{number + 1}组1号")

    page = alike.page(by=desk.clerk, limit=2, offset=4)

    assert (page.sure, page.unsure, len(page.pairs)) == (0, 6, 2)
    assert [pair.kept.id for pair in page.pairs] == [2, 3]


def test_what_many_share_speaks_for_none_and_is_named(desk: TestOffice, alike: AlikeRecords) -> None:
    for number in range(9):
        enter(
            desk,
            "stall",
            address=f"沙湖村{number + 1}组1号",
            operator_name=f"李{'甲乙丙丁戊己庚辛壬'[number]}",
            operator_id_number=None,
        )

    page = alike.page(by=desk.clerk)

    assert page.pairs == ()
    assert [(one.what, one.value, one.count) for one in page.shared] == [("phone", "179****5136", 9)]


def test_who_has_ended_and_other_trades_are_no_pair(desk: TestOffice, alike: AlikeRecords) -> None:
    first = enter(desk, "stall")
    enter(desk, "workshop", operator_id_number="320413198603279990")
    second = enter(desk, "stall", address="沙湖村9组1号")
    assert [pair[:2] for pair in found(desk, alike)] == [(first, second)]

    Surveys(desk.office).change_operating_status(
        second, OperatingStatus.CLOSED, on=TODAY, note="不做了", by=desk.clerk
    )

    assert found(desk, alike) == []


def test_a_word_is_kept_in_the_trail_of_both_and_can_be_taken_back(
    desk: TestOffice, alike: AlikeRecords
) -> None:
    first, second = enter(desk, "stall"), enter(desk, "stall", address="沙湖村9组1号")
    (pair,) = alike.page(by=desk.clerk).pairs

    tell_apart(desk, alike, pair)
    tell_apart(desk, alike, pair)

    assert found(desk, alike) == []
    for record in (first, second):
        said = [row.action for row in Trail(desk.office).of_establishment(record, by=desk.clerk)]
        assert said.count("establishment.tell_apart") == 1
    alike.ask_again(second, first, by=desk.clerk)
    assert len(found(desk, alike)) == 1
    with pytest.raises(UserError, match="没有认定过是不同的户"):
        alike.ask_again(first, second, by=desk.clerk)


def test_a_word_over_what_was_changed_meanwhile_is_refused(desk: TestOffice, alike: AlikeRecords) -> None:
    first, second = enter(desk, "stall"), enter(desk, "stall", address="沙湖村9组1号")

    with pytest.raises(ChangedMeanwhileError, match="刚被别人改过"):
        alike.tell_apart(first, second, versions=(1, 9), by=desk.clerk)
    with pytest.raises(UserError, match="两个不同的档案"):
        alike.tell_apart(first, first, versions=(1, 1), by=desk.clerk)
    assert len(found(desk, alike)) == 1


def test_the_registered_one_is_kept_and_a_joining_takes_the_words_along(
    desk: TestOffice, alike: AlikeRecords
) -> None:
    first, second = enter(desk, "stall"), enter(desk, "stall", address="沙湖村9组1号")
    third = enter(desk, "stall", address="沙湖村7组1号")
    Registrations(desk.office).register_all(Choice(ids=(second,)), decided_on=TODAY, by=desk.clerk)
    pairs = alike.page(by=desk.clerk).pairs
    assert [(pair.kept.id, pair.other.id) for pair in pairs] == [
        (first, third),
        (second, first),
        (second, third),
    ]
    tell_apart(desk, alike, pairs[0])

    joinings = Joinings(desk.office)
    joinings.join(second, first, versions=versions(desk, pairs[1]), take=(), by=desk.clerk)

    assert found(desk, alike) == []
    (joined,) = joinings.of(second, by=desk.clerk)
    joinings.separate(joined.id, by=desk.clerk)
    assert [pair[:2] for pair in found(desk, alike)] == [(second, first), (second, third)]


def test_an_import_is_taken_back_over_a_word(
    desk: TestOffice, alike: AlikeRecords, imports: Imports, ledger: Ledger
) -> None:
    first = imports.take_in([ledger(ZHANG)], by=desk.clerk).files[0]
    enter(desk, "stall", phone="13761529721")
    assert len(found(desk, alike)) == 1
    tell_apart(desk, alike, alike.page(by=desk.clerk).pairs[0])

    undone = imports.undo(first.import_id or 0, reason="发错了", by=desk.clerk)

    assert (undone.removed, undone.kept) == (1, ())
    assert found(desk, alike) == []


def test_two_that_were_told_apart_are_not_offered_to_be_joined_over_a_parked_row(
    desk: TestOffice, alike: AlikeRecords, imports: Imports, ledger: Ledger
) -> None:
    person = {"operator_name": "张三", "operator_id_number": ZHANG[2], "phone": None}
    first = enter(desk, "stall", **person, address="沙湖村1组1号")
    second = enter(desk, "stall", **person, address="沙湖村2组2号")
    imports.take_in([ledger(ZHANG)], by=desk.clerk)
    parked = ParkedDuplicates(desk.office, Surveys(desk.office), uuid4)
    (row,) = parked.waiting(by=desk.clerk)
    assert row.match is not None
    assert row.match.id == first
    assert [one.id for one in parked.others(row.id, by=desk.clerk)] == [second]

    tell_apart(desk, alike, alike.page(by=desk.clerk).pairs[0])

    assert parked.others(row.id, by=desk.clerk) == ()


def test_who_may_not_join_is_not_told(desk: TestOffice, alike: AlikeRecords) -> None:
    villager = desk.somebody("白塔村干部", Role.VILLAGE, village_id=1)
    with pytest.raises(NotAllowedError):
        alike.page(by=villager)

"""Drafts: kept from the first keystroke, one per key and person, gone when they are saved."""

from desktop.domain.act import Role
from desktop.services.office.trail import Trail
from desktop.services.survey.drafts import Drafts
from tests.offices import TestOffice

KEY = "survey/new/stall/1"


def test_a_draft_is_offered_again_with_all_that_was_typed(desk: TestOffice) -> None:
    drafts = Drafts(desk.office)

    saved_at = drafts.save(key=KEY, label="𠮷娣", typed={"operator_name": "𠮷娣"}, by=desk.clerk)

    (draft,) = drafts.list("survey/", by=desk.clerk)
    assert (draft.key, draft.label, draft.typed) == (KEY, "𠮷娣", {"operator_name": "𠮷娣"})
    assert draft.saved_at == saved_at


def test_a_later_draft_takes_the_place_of_the_earlier(desk: TestOffice) -> None:
    drafts = Drafts(desk.office)
    drafts.save(key=KEY, label="顾", typed={"operator_name": "顾"}, by=desk.clerk)

    drafts.save(key=KEY, label="顾来娣", typed={"operator_name": "顾来娣"}, by=desk.clerk)

    assert [draft.label for draft in drafts.list(by=desk.clerk)] == ["顾来娣"]


def test_drafts_are_listed_newest_first_and_by_their_place(desk: TestOffice) -> None:
    drafts = Drafts(desk.office)
    for key in ("survey/a", "survey/b", "application/a", "survey%/c"):
        drafts.save(key=key, label=key, typed={}, by=desk.clerk)

    assert [draft.key for draft in drafts.list("survey/", by=desk.clerk)] == ["survey/b", "survey/a"]
    assert [draft.key for draft in drafts.list("survey%", by=desk.clerk)] == ["survey%/c"]


def test_nobody_sees_the_drafts_of_another(desk: TestOffice) -> None:
    drafts = Drafts(desk.office)
    other = desk.somebody("吴芳", Role.CLERK)
    drafts.save(key=KEY, label="顾来娣", typed={}, by=desk.clerk)

    drafts.discard(KEY, by=other)

    assert drafts.list(by=other) == ()
    assert len(drafts.list(by=desk.clerk)) == 1


def test_a_discarded_draft_is_gone_and_discarding_twice_is_no_error(desk: TestOffice) -> None:
    drafts = Drafts(desk.office)
    drafts.save(key=KEY, label="顾来娣", typed={}, by=desk.clerk)

    drafts.discard(KEY, by=desk.clerk)
    drafts.discard(KEY, by=desk.clerk)

    assert drafts.list(by=desk.clerk) == ()


def test_drafts_are_announced_and_stay_out_of_the_trail(desk: TestOffice) -> None:
    drafts = Drafts(desk.office)
    before = len(Trail(desk.office).entries(by=desk.clerk))
    desk.heard.clear()

    drafts.save(key=KEY, label="顾来娣", typed={}, by=desk.clerk)
    drafts.discard(KEY, by=desk.clerk)

    assert [changes.topics for changes in desk.heard] == [{"drafts"}, {"drafts"}]
    assert len(Trail(desk.office).entries(by=desk.clerk)) == before

"""Who must close and who is looked back at: each on one list, the most pressing first."""

from datetime import timedelta

from desktop.domain.act import Role
from desktop.domain.lifecycle import Route
from desktop.domain.rectification import FollowUp
from desktop.domain.wall import WallFilters
from desktop.services.office.villages import Villages
from desktop.services.rectification.follow_ups import FollowUps
from desktop.services.rectification.look_backs import LookBacks
from desktop.services.rectification.shutdowns import Shutdowns
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice
from tests.visits import PAIR, enter, registered

EVERYTHING = WallFilters()


def must_close(desk: TestOffice, number: int) -> int:
    one = enter(desk, number)
    Surveys(desk.office).decide(one, route=Route.CLOSE_BY_DATE, disposition=None, by=desk.clerk)
    return one


def closing(desk: TestOffice, number: int, *, days: int = 5) -> int:
    one = must_close(desk, number)
    day = TODAY + timedelta(days=days)
    Shutdowns(desk.office).order_to_close(one, close_by=day, on=TODAY, reason="不具备条件", by=desk.clerk)
    return one


def look(desk: TestOffice, one: int, outcome: str = "kept") -> None:
    LookBacks(desk.office).record(one, on=TODAY, inspectors=PAIR, outcome=outcome, by=desk.clerk)


def listed(desk: TestOffice, follow_up: FollowUp) -> list[int]:
    rows = FollowUps(desk.office).rows(follow_up, EVERYTHING, by=desk.clerk)
    return [row.establishment_id for row in rows]


def test_everybody_stands_on_one_list_from_the_route_to_the_end(desk: TestOffice) -> None:
    waiting, running, shut, forced = (
        must_close(desk, 1),
        closing(desk, 2),
        closing(desk, 3),
        must_close(desk, 4),
    )
    kept = registered(desk, 5)
    enter(desk, 6)
    shutdowns = Shutdowns(desk.office)
    shutdowns.verify(shut, on=TODAY, reason="已停", by=desk.clerk)
    shutdowns.force(forced, on=TODAY, reason="拒不关停", by=desk.clerk)

    assert {one: listed(desk, one) for one in FollowUp} == {
        FollowUp.TO_CLOSE: [waiting],
        FollowUp.CLOSING: [running],
        FollowUp.REGISTERED: [kept],
        FollowUp.CLOSED: [shut],
        FollowUp.SHUT_DOWN: [forced],
    }
    assert FollowUps(desk.office).counts(EVERYTHING, by=desk.clerk) == dict.fromkeys(FollowUp, 1)


def test_who_must_close_soonest_and_who_was_never_looked_at_come_first(desk: TestOffice) -> None:
    later, sooner = closing(desk, 1, days=9), closing(desk, 2, days=3)
    seen, unseen = registered(desk, 3), registered(desk, 4)
    look(desk, seen)

    assert listed(desk, FollowUp.CLOSING) == [sooner, later]
    assert listed(desk, FollowUp.REGISTERED) == [unseen, seen]


def test_a_line_tells_the_last_look_and_its_outcome(desk: TestOffice) -> None:
    one = registered(desk, 1)
    look(desk, one)
    look(desk, one, "rebounded")

    (row,) = FollowUps(desk.office).rows(FollowUp.REGISTERED, EVERYTHING, by=desk.clerk)

    assert (row.looked_on, row.outcome, row.close_by) == (TODAY, "rebounded", None)


def test_a_village_account_sees_its_own_village_alone(desk: TestOffice) -> None:
    registered(desk, 1)
    ids = {village.name: village.id for village in Villages(desk.office).all()}
    mine = desk.somebody("村干部", Role.VILLAGE, village_id=ids["沙湖村"])
    other = desk.somebody("邻村干部", Role.VILLAGE, village_id=ids["白塔村"])
    follow_ups = FollowUps(desk.office)

    counts = [follow_ups.counts(EVERYTHING, by=who)[FollowUp.REGISTERED] for who in (mine, other)]

    assert counts == [1, 0]


def test_filters_narrow_every_list_and_pages_go_on(desk: TestOffice) -> None:
    ones = [registered(desk, number) for number in (1, 2, 3)]
    follow_ups = FollowUps(desk.office)

    rows = follow_ups.rows(FollowUp.REGISTERED, EVERYTHING, by=desk.clerk, offset=2, limit=2)
    none = follow_ups.counts(WallFilters(kinds=("workshop",)), by=desk.clerk)

    assert [row.establishment_id for row in rows] == ones[2:]
    assert set(none.values()) == {0}

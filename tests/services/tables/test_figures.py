"""The numbers that tables ask for: each counted from what happened, by trade, village and period."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import select

from desktop.domain.countables import COUNTED
from desktop.domain.errors import WrongValue
from desktop.domain.lifecycle import OperatingStatus, Route
from desktop.domain.paper_life import PaperAct
from desktop.domain.reporting_periods import ReportingPeriod, period_of, read_period
from desktop.models.registration import Paper
from desktop.services.rectification.rectifications import Rectifications
from desktop.services.rectification.shutdowns import Shutdowns
from desktop.services.registration.paper_lives import PaperLives
from desktop.services.survey.surveys import Surveys
from desktop.services.tables.figures import SHARES, Counted, counted
from tests.offices import TODAY, TestOffice, workshop
from tests.visits import enter, ordered, registered, reinspect, visit

LATER = date(2018, 7, 20)
SAND, WHITE = 3, 1


@dataclass(frozen=True)
class Played:
    """An office in which one of everything that is counted has happened."""

    desk: TestOffice

    def counted(self, period: ReportingPeriod | None = None, village_id: int | None = None) -> Counted:
        with self.desk.office.db.reading() as session:
            return counted(
                session, COUNTED, today=self.desk.clock.today(), period=period, village_id=village_id
            )


@pytest.fixture
def played(desk: TestOffice) -> Played:
    surveys, cases = Surveys(desk.office), Rectifications(desk.office)
    white = {"village": "白塔村", "address": "白塔村1组1号"}
    typed = workshop(business_licence="无", employee_count="5", health_certificate_count="3", **white)
    surveys.save("workshop", typed, by=desk.clerk, identity=UUID(int=900))
    enter(desk, 1, business_licence="有")
    registered(desk, 1)
    revoked = registered(desk, 2)
    paused, put_right, found, late, closing = (enter(desk, number) for number in range(2, 7))
    surveys.change_operating_status(paused, OperatingStatus.PAUSED, on=TODAY, note="歇夏", by=desk.clerk)
    case = ordered(desk, put_right, "S05", "S07").case_id
    reinspect(desk, case, on=date(2018, 6, 15))
    desk.clock.day = date(2018, 7, 2)
    cases.close_out(case, on=date(2018, 7, 2), by=desk.clerk)
    visit(desk, found, "S05", on=date(2018, 7, 2))
    visit(desk, found, on=date(2018, 7, 2))
    ordered(desk, late, "S06", on=date(2018, 7, 2), family="market")
    surveys.decide(closing, route=Route.CLOSE_BY_DATE, disposition=None, by=desk.clerk)
    Shutdowns(desk.office).force(closing, on=date(2018, 7, 2), reason="拒不整改", by=desk.clerk)
    paper = paper_of(desk, revoked)
    PaperLives(desk.office).take(
        PaperAct.REVOCATION, paper, on=date(2018, 7, 2), reason="情节严重", by=desk.clerk
    )
    desk.clock.day = LATER
    return Played(desk)


def paper_of(desk: TestOffice, establishment_id: int) -> int:
    with desk.office.db.reading() as session:
        return session.scalars(select(Paper.id).where(Paper.establishment_id == establishment_id)).one()


def test_each_number_is_what_happened_and_in_which_period(played: Played) -> None:
    ever = played.counted()

    assert {fact: ever.number(fact) for fact in COUNTED if fact not in SHARES} == {
        "total": 7,
        "registered": 1,
        "unregistered": 6,
        "with_paper": 1,
        "without_paper": 6,
        "licensed": 1,
        "unlicensed": 1,
        "without_both": 1,
        "employees": 17,
        "health_certificates": 15,
        "paused": 1,
        "closing": 0,
        "closed": 0,
        "shut_down": 1,
        "not_put_right": 2,
        "late": 1,
        "inspections": 4,
        "inspected": 3,
        "findings": 4,
        "put_right": 2,
        "orders": 2,
        "correction_orders": 1,
        "closed_out": 1,
        "issued": 2,
        "deregistered": 0,
        "revoked": 1,
    }
    assert ever.share("registration_rate") == Decimal("14.3")
    assert ever.number("total", kind="workshop") == 1
    assert (ever.number("total", village_id=WHITE), ever.number("employees", village_id=WHITE)) == (1, 5)
    assert ever.share("registration_rate", village_id=SAND) == Decimal("16.7")
    assert ever.share("registration_rate", kind="eatery") is None
    assert played.counted(village_id=WHITE).number("total") == 1

    june, july = (played.counted(read_period(month)) for month in ("2018-06", "2018-07"))
    facts = ("findings", "put_right", "closed_out", "orders", "shut_down", "issued", "revoked", "inspected")

    assert [june.number(fact) for fact in facts] == [2, 0, 0, 1, 0, 2, 0, 1]
    assert [july.number(fact) for fact in facts] == [2, 2, 1, 1, 1, 0, 1, 2]


def test_periods_are_read_as_scripts_write_them() -> None:
    quarter = read_period("2018-Q2")

    assert (quarter.first, quarter.last, quarter.label) == (
        date(2018, 4, 1),
        date(2018, 6, 30),
        "2018年第2季度",
    )
    assert period_of("quarter", TODAY) == quarter
    assert (read_period("2018").last, read_period("2018-02").last) == (date(2018, 12, 31), date(2018, 2, 28))
    assert [period_of(kind, TODAY).label for kind in ("month", "year")] == ["2018年6月", "2018年"]
    for wrong in ("2018-13", "2018-Q5", "18-06", ""):
        with pytest.raises(WrongValue, match="2018-06"):
            read_period(wrong)

"""Who can be registered now, and for everybody else the reason why not (COMMANDS: Who is eligible)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, String, and_, exists, or_, select
from sqlalchemy.orm import Session

from desktop.domain.forms import SurveyForm
from desktop.domain.lifecycle import OperatingStatus, PaperStatus, Route, Stage
from desktop.domain.profile import Profile
from desktop.models.establishment import Establishment
from desktop.models.rectification import Finding, RectificationCase
from desktop.models.registration import Paper
from desktop.services.registration.bans import Banned, read_bans
from desktop.services.survey.answers import answers_of, column_of
from desktop.services.survey.closed_before import ClosedBefore, read_closed_before

_CLOSED = [str(stage) for stage in Stage if not stage.is_open]


@dataclass(frozen=True, slots=True)
class Barred:
    """What stands against registering the establishments of one choice, read in one go."""

    starred: frozenset[int]
    living_by_place: Mapping[str, str]
    living_by_establishment: Mapping[int, str]
    bans: Mapping[int, Banned]
    closed_before: ClosedBefore

    def without(self, number: str) -> "Barred":
        """Return the same, one paper left aside: the one that lapses by what is decided now.

        Who holds it was there all along: what was closed down beside it is not met again.
        """
        return Barred(
            self.starred,
            {place: one for place, one in self.living_by_place.items() if one != number},
            {owner: one for owner, one in self.living_by_establishment.items() if one != number},
            self.bans,
            ClosedBefore({}),
        )


def living_place(kind: str, place_key: str) -> str:
    """Return the key that only one living paper may have: the trade at the place (一地一证、一地一卡)."""
    return f"{kind}@{place_key}"


def read_barred(session: Session, profile: Profile, records: Sequence[Establishment], on: date) -> Barred:
    """Read open starred findings, living papers, bans and what was closed down around them."""
    ids = [record.id for record in records]
    places = [living_place(record.kind, record.place_key) for record in records]
    starred = (
        select(Finding.establishment_id)
        .outerjoin(RectificationCase, Finding.case_id == RectificationCase.id)
        .where(
            Finding.establishment_id.in_(ids),
            Finding.is_starred,
            Finding.is_corrected.is_(False),
            RectificationCase.stage.is_(None) | RectificationCase.stage.not_in(_CLOSED),
        )
    )
    living = select(Paper).where(
        Paper.status == PaperStatus.VALID,
        Paper.valid_until.is_(None) | (Paper.valid_until >= on),
        Paper.living_place.in_(places) | Paper.establishment_id.in_(ids),
    )
    papers = session.scalars(living).all()
    return Barred(
        starred=frozenset(session.scalars(starred)),
        living_by_place={paper.living_place: paper.number for paper in papers if paper.living_place},
        living_by_establishment={paper.establishment_id: paper.number for paper in papers},
        bans=read_bans(session, profile, records, on),
        closed_before=read_closed_before(session, profile, records),
    )


def why_not(
    record: Establishment, village: str, barred: Barred, profile: Profile, on: date
) -> tuple[str, ...]:
    """Return every reason against registering; empty means eligible."""
    trade = profile.trade(record.kind)
    status = OperatingStatus(record.operating_status)
    reasons = []
    if not status.is_trading:
        reasons.append(f"现为“{status.label}”，正常经营才能登记")
    missing = _missing(record, village, profile.form(record.kind), trade.mandatory_facts)
    if missing:
        reasons.append(f"缺{'、'.join(missing)}，请先补全档案")
    if record.id in barred.starred:
        reasons.append("有未销号的重点问题，整改销号后再登记")
    if banned := barred.bans.get(record.id):
        reasons.append(banned.said)
    reasons += barred.closed_before.of(record.id)
    if record.id in barred.living_by_establishment:
        reasons.append(f"已有有效的{trade.paper.title}（{barred.living_by_establishment[record.id]}）")
    elif place := barred.living_by_place.get(living_place(record.kind, record.place_key)):
        reasons.append(f"同一地点已有有效的{trade.paper.title}（{place}），一地只发一张")
    if record.route in {Route.PUT_RIGHT_FIRST, Route.CLOSE_BY_DATE}:
        reasons.append(f"处置意见是“{Route(record.route).label}”，现在不能登记")
    return tuple(reasons)


def may_be_eligible(profile: Profile, on: date) -> ColumnElement[bool]:
    """Return what the columns alone can tell: whoever does not fulfil this is not eligible.

    In a large register it finds those who may be; ``why_not`` has the last word on each.
    """
    living = exists().where(
        Paper.establishment_id == Establishment.id,
        Paper.status == PaperStatus.VALID,
        Paper.valid_until.is_(None) | (Paper.valid_until >= on),
    )
    return and_(
        Establishment.operating_status.in_([status for status in OperatingStatus if status.is_trading]),
        Establishment.route.not_in([Route.PUT_RIGHT_FIRST, Route.CLOSE_BY_DATE]),
        or_(*(_states_facts(trade.code, trade.mandatory_facts) for trade in profile.trades)),
        ~living,
    )


def _states_facts(kind: str, mandatory: Iterable[str]) -> ColumnElement[bool]:
    columns = [column_of(code) for code in mandatory]
    stated = [
        column.is_not(None) & (column != "") if isinstance(column.type, String) else column.is_not(None)
        for column in columns
        if column is not None
    ]
    return and_(Establishment.kind == kind, *stated)


def _missing(record: Establishment, village: str, form: SurveyForm, mandatory: tuple[str, ...]) -> list[str]:
    answers = answers_of(record, form, village)
    return [form.question(code).label for code in mandatory if answers.get(code) in (None, "")]

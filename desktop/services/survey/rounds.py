"""Survey rounds (摸底调查): opened, closed, which one is under way, and how far it has come."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.lifecycle import OperatingStatus
from desktop.errors import NotAllowedError, UserError
from desktop.models.establishment import Establishment, Survey, SurveyResponse
from desktop.models.office import Village
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require, village_scope

_ENDED = tuple(status for status in OperatingStatus if status.has_ended)


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """A survey round."""

    id: int
    name: str
    starts_on: date
    ends_on: date | None
    is_closed: bool


@dataclass(frozen=True, slots=True)
class VillageProgress:
    """How many establishments of a village have answered, of those that are to."""

    village: str
    answered: int
    total: int


@dataclass(frozen=True, slots=True)
class RoundProgress:
    """How far a round has come; villages in the order of the list of villages."""

    round: SurveyRow
    villages: tuple[VillageProgress, ...]

    @property
    def answered(self) -> int:
        return sum(village.answered for village in self.villages)

    @property
    def total(self) -> int:
        return sum(village.total for village in self.villages)


class SurveyRounds:
    """The rounds of an office."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def rounds(self) -> tuple[SurveyRow, ...]:
        """Return all rounds, the newest first."""
        with self.office.db.reading() as session:
            query = select(Survey).order_by(Survey.starts_on.desc(), Survey.id.desc())
            return tuple(_row(one) for one in session.scalars(query))

    def current_round(self) -> SurveyRow | None:
        """Return the newest round that is not closed and whose days contain today."""
        with self.office.db.reading() as session:
            found = _current(session, self.office.clock.today())
            return _row(found) if found is not None else None

    def round_progress(self, round_id: int, *, by: Actor) -> RoundProgress:
        """Count by village who answered in a round, each establishment once.

        Closed ones are not waited for, but count where they had answered before.
        """
        require(by, Right.SEE)
        answers = select(SurveyResponse.establishment_id).where(SurveyResponse.survey_id == round_id)
        has_answered = Establishment.id.in_(answers)
        to_visit = or_(has_answered, Establishment.operating_status.not_in(_ENDED))
        scope = village_scope(by)
        with self.office.db.reading() as session:
            survey = _existing(session, round_id)
            query = select(Establishment.village_id, func.count()).group_by(Establishment.village_id)
            answered = {found[0]: found[1] for found in session.execute(query.where(has_answered))}
            total = {found[0]: found[1] for found in session.execute(query.where(to_visit))}
            villages = session.execute(select(Village.id, Village.name).order_by(Village.id))
            return RoundProgress(
                _row(survey),
                tuple(
                    VillageProgress(name, answered.get(village_id, 0), total.get(village_id, 0))
                    for village_id, name in villages
                    if scope in {None, village_id}
                ),
            )

    def open_round(self, *, name: str, starts_on: date, ends_on: date | None, by: Actor) -> int:
        """Open a survey round and return its id."""
        _require_township(by)
        name = name.strip()
        if not name:
            raise UserError("调查轮次要有名称，请填写，如“2018年摸底调查”")
        if ends_on is not None and ends_on < starts_on:
            raise UserError(f"调查轮次“{name}”的结束日期早于开始日期，请改一个")
        with self.office.db.writing(self.office.act(by, "survey.open")) as session:
            if session.scalar(select(Survey.id).where(Survey.name == name)) is not None:
                raise UserError(f"已有叫“{name}”的调查轮次，请换一个名称")
            survey = Survey(name=name, starts_on=starts_on, ends_on=ends_on)
            session.add(survey)
            session.flush()
            return survey.id

    def close_round(self, round_id: int, *, by: Actor) -> None:
        """Close a round: sheets no longer count for it; what was answered stays."""
        _require_township(by)
        with self.office.db.writing(self.office.act(by, "survey.close")) as session:
            survey = _existing(session, round_id)
            if survey.is_closed:
                raise UserError(f"调查轮次“{survey.name}”已经关闭，不用再关")
            survey.is_closed = True


def current_round_id(session: Session, today: date) -> int | None:
    """Return the round that a sheet entered today counts for, inside an open block."""
    found = _current(session, today)
    return found.id if found is not None else None


def _current(session: Session, today: date) -> Survey | None:
    query = (
        select(Survey)
        .where(
            Survey.is_closed.is_(False),
            Survey.starts_on <= today,
            or_(Survey.ends_on.is_(None), Survey.ends_on >= today),
        )
        .order_by(Survey.starts_on.desc(), Survey.id.desc())
    )
    return session.scalars(query.limit(1)).first()


def _row(survey: Survey) -> SurveyRow:
    return SurveyRow(survey.id, survey.name, survey.starts_on, survey.ends_on, survey.is_closed)


def _existing(session: Session, round_id: int) -> Survey:
    survey = session.get(Survey, round_id)
    if survey is None:
        raise UserError(f"没有编号为 {round_id} 的调查轮次，请刷新后再选")
    return survey


def _require_township(by: Actor) -> None:
    """Refuse a village account: rounds are the township's, villages fill sheets in them."""
    require(by, Right.SURVEY)
    if village_scope(by) is not None:
        raise NotAllowedError(f"“{by.name}”是村级账号，调查轮次由镇里开和关；请报镇食安办办理")

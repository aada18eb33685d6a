"""Two records side by side, and what must be settled before they can be joined (并档)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.called import called
from desktop.domain.lifecycle import OperatingStatus, RegistrationStatus, Route
from desktop.domain.masking import mask
from desktop.domain.profile import Profile
from desktop.models.establishment import Establishment
from desktop.models.registration import Paper
from desktop.services.imports.planning import is_no_change
from desktop.services.register.dossiers import answer_words
from desktop.services.survey.answers import answers_of
from desktop.sheets.ledger import reading_form

_IN_HAND = frozenset(
    {
        RegistrationStatus.APPLIED,
        RegistrationStatus.TO_COMPLETE,
        RegistrationStatus.ACCEPTED,
        RegistrationStatus.SITE_CHECK,
    }
)


@dataclass(frozen=True, slots=True)
class JoinField:
    """One answer of both records, in words; personal numbers are masked."""

    code: str
    label: str
    kept: str
    other: str
    differs: bool


@dataclass(frozen=True, slots=True)
class JoinSide:
    """One of the two, as it stands now."""

    id: int
    version: int
    archive_number: str
    title: str
    village: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both records side by side; ``refusal`` says what must be settled before they can be joined."""

    kept: JoinSide
    other: JoinSide
    fields: tuple[JoinField, ...]
    refusal: str


def fields_of(
    profile: Profile, kept: Establishment, other: Establishment, villages: Mapping[int, str]
) -> tuple[JoinField, ...]:
    """Return what both records answer, question by question; of different trades nothing is compared."""
    return tuple(_fields(profile, kept, other, villages)) if kept.kind == other.kind else ()


def side_of(record: Establishment, villages: Mapping[int, str]) -> JoinSide:
    """Return a record as one of the two sides."""
    title = called(record.name, record.operator_name, record.products)
    return JoinSide(record.id, record.version, record.archive_number, title, villages[record.village_id])


def refusal_of(session: Session, kept: Establishment, other: Establishment) -> str:
    """Return what must be settled first; empty where the two can be joined."""
    both = f"{kept.archive_number} 和 {other.archive_number}"
    if kept.id == other.id:
        return f"{kept.archive_number} 就是这一户，请填另一户的档案编号"
    if kept.kind != other.kind:
        return f"{both} 类别不同，各办各的登记，不能并档"
    ended = [record for record in (kept, other) if OperatingStatus(record.operating_status).has_ended]
    if len(ended) == 1:
        return (
            f"{ended[0].archive_number} 已关停或取缔，另一户还在经营，属“死灰复燃”，不能并档；请录入“回头看”"
        )
    if not ended and (refusal := _order_lost(kept, other)):
        return refusal
    return _two_registrations(session, kept, other)


def _order_lost(kept: Establishment, other: Establishment) -> str:
    """Return why one of them would forget that the other one must close, or is a factory by now."""
    for record, against in ((kept, other), (other, kept)):
        number, its_other = record.archive_number, against.archive_number
        if record.operating_status != against.operating_status:
            match OperatingStatus(record.operating_status):
                case OperatingStatus.CLOSING:
                    return (
                        f"{number} 正在限期关停，{its_other} 没有，并档会丢掉关停要求；"
                        f"请先对 {its_other} 也作出限期关停的决定，再并档"
                    )
                case OperatingStatus.UPGRADED:
                    return (
                        f"{number} 已升级为食品生产企业，{its_other} 没有；"
                        f"请先把 {its_other} 的存续状态也办成升级，再并档"
                    )
        if record.route == Route.CLOSE_BY_DATE != against.route:
            return (
                f"{number} 的处置意见是“{Route.CLOSE_BY_DATE.label}”，{its_other} 不是；"
                "请先把两户的处置意见改定成一样的，再并档"
            )
    return ""


def _two_registrations(session: Session, kept: Establishment, other: Establishment) -> str:
    """Return why both cannot go on: two papers that stand, two applications, or one of each."""
    both = f"{kept.archive_number} 和 {other.archive_number}"
    papers = [living_paper(session, record) for record in (kept, other)]
    numbers = [paper.number for paper in papers if paper is not None]
    if len(numbers) == 2:
        return (
            f"{both} 各有一张有效的证卡（{'、'.join(numbers)}），一处只能有一张；"
            "请先决定作废或注销哪一张，再并档"
        )
    if is_in_hand(kept) and is_in_hand(other):
        return f"{both} 都有在办的登记申请；请先办结或撤回其中一件，再并档"
    for record, against, paper in ((kept, other, papers[1]), (other, kept, papers[0])):
        if is_in_hand(record) and paper is not None:
            return (
                f"{record.archive_number} 有在办的登记申请，"
                f"{against.archive_number} 有有效的证卡（{paper.number}）；请先办结或撤回申请，再并档"
            )
    return ""


def is_in_hand(record: Establishment) -> bool:
    """Tell whether an application of a record waits for its decision."""
    return record.registration_status in _IN_HAND


def living_paper(session: Session, record: Establishment) -> Paper | None:
    """Return the paper of a record that stands."""
    query = select(Paper).where(Paper.establishment_id == record.id, Paper.living_place.is_not(None))
    return session.scalars(query.limit(1)).first()


def _fields(
    profile: Profile, kept: Establishment, other: Establishment, villages: Mapping[int, str]
) -> Iterable[JoinField]:
    masking = profile.masking
    presets = {"operator_id_number": masking.identity_number, "phone": masking.phone}
    form = reading_form(profile, kept.kind)
    here = answers_of(kept, form, villages[kept.village_id])
    there = answers_of(other, form, villages[other.village_id])
    for question in form.questions:
        code = question.code
        sides = [answer_words(question, answers.get(code)) for answers in (here, there)]
        if not any(sides):
            continue
        if preset := presets.get(code):
            sides = [mask(text, preset) if text else "" for text in sides]
        differs = not is_no_change(code, here.get(code), there.get(code))
        yield JoinField(code, question.header or question.label, sides[0], sides[1], differs)

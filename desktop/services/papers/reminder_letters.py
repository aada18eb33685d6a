"""The letters that ask villages for their monthly workbook (催报函): one page for each reminder."""

from collections.abc import Sequence

from sqlalchemy import select

from desktop.domain.paperwork import filled
from desktop.errors import UserError
from desktop.models.exchange import ExchangeReminder
from desktop.services.exchange.months import exchange_words
from desktop.services.office.villages import VillageKind, VillageRow, villages_of
from desktop.services.papers.papers import RefusedPaper, Wanted
from desktop.services.papers.sources import Made, Reading, Source, Sources
from desktop.services.rights import village_scope

_CODE = "exchange_reminder"
_COMMITTEES = {VillageKind.VILLAGE: "村民委员会", VillageKind.COMMUNITY: "居民委员会"}


def _holders(reading: Reading, wanted: Wanted) -> Sequence[int]:
    query = select(ExchangeReminder.id).order_by(ExchangeReminder.id)
    for village in (village_scope(reading.by), wanted.village_id):
        if village is not None:
            query = query.where(ExchangeReminder.village_id == village)
    if wanted.issued_on is not None:
        query = query.where(ExchangeReminder.reminded_on == wanted.issued_on)
    return reading.session.scalars(query).all()


def _records(reading: Reading, ids: Sequence[int]) -> list[ExchangeReminder]:
    """Return reminders in the order asked for; one that is not there or not mine is refused."""
    query = select(ExchangeReminder).where(ExchangeReminder.id.in_(ids))
    scope = village_scope(reading.by)
    if scope is not None:
        query = query.where(ExchangeReminder.village_id == scope)
    found = {reminder.id: reminder for reminder in reading.session.scalars(query)}
    missing = [str(one) for one in ids if one not in found]
    if missing:
        raise UserError(f"没有编号为 {'、'.join(missing)} 的催报，或者不是本村的；请核对后再试")
    return [found[one] for one in dict.fromkeys(ids)]


def _letters(reading: Reading, reminders: Sequence[ExchangeReminder]) -> list[Made | RefusedPaper]:
    from printing.notice_page import LetterFacts

    villages = {village.id: village for village in villages_of(reading.session)}
    wording, family = reading.wording(_CODE), reading.profile.family("township")
    made: list[Made | RefusedPaper] = []
    for reminder in reminders:
        village = villages[reminder.village_id]
        words = exchange_words(reading.office, reminder.month, village.name)
        title, opening, *closing = filled((wording.title, *wording.paragraphs), words, {})
        facts = LetterFacts(
            letterhead=family.issuer,
            number=reminder.number,
            title=title,
            addressee=_committee(village),
            opening=opening,
            closing=tuple(closing),
            issuer=family.issuer,
            issued_on=reminder.reminded_on,
        )
        made.append(Made(0, reminder.number, reminder.reminded_on, facts))
    return made


def _committee(village: VillageRow) -> str:
    """Return whom the letter goes to: the committee of the village or community."""
    committee = _COMMITTEES[village.kind]
    if village.name.endswith(("委员会", "居委会", "村委会")):
        return village.name
    return f"{village.name}{committee}"


SOURCES: Sources = {_CODE: Source(_letters, _holders, _records)}

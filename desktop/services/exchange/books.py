"""Making a monthly exchange workbook (月度交换表); the register keeps what stood in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.lifecycle import OperatingStatus
from desktop.domain.operating_steps import SURVEY_STEPS
from desktop.domain.paperwork import filled
from desktop.domain.profile import Trade
from desktop.domain.village_names import ALL_VILLAGES
from desktop.models.audit import AuditHead
from desktop.models.establishment import Establishment
from desktop.models.exchange import ExchangeBook, ExchangeRow
from desktop.models.office import Office
from desktop.services.exchange.months import exchange_words, month_words
from desktop.services.office.villages import VillageRow, villages_of
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require, require_village, require_whole_town
from desktop.services.signing.ended_papers import ended_papers
from desktop.services.survey.answers import answers_of, stored_answers
from desktop.sheets.ended_papers import EndedPapers
from desktop.sheets.exchange_book import STATUS, Book, BookLine, BookSheet, write_book
from desktop.sheets.files import replacing

BLANK_ROWS = 40
_ENDED = tuple(status for status in OperatingStatus if status.ends_paper)
_MAY_BE_SAID = {status for steps in SURVEY_STEPS.values() for status in steps}
STATUSES = tuple(status for status in OperatingStatus if status in _MAY_BE_SAID)
"""What a workbook may say of the trade itself; orders to close and shutdowns are the office's."""


@dataclass(frozen=True, slots=True)
class MadeBook:
    """A workbook that was written."""

    file: str
    rows: int
    village: str | None
    month: date


class ExchangeBooks:
    """Writes workbooks; each is remembered row by row as the base of its merge."""

    def __init__(self, office: OpenOffice, new_identity: Callable[[], UUID]) -> None:
        self.office = office
        self.new_identity = new_identity

    def make(self, village: VillageRow | None, target: Path, *, by: Actor) -> MadeBook:
        """Write this month's workbook of a village, or that of all villages, which goes to the county.

        Whoever has ended is not in it. The full numbers are checked with it, so it needs the right to the
        internal version; the trail names every record that went out.
        """
        require(by, Right.EXPORT_INTERNAL)
        require_whole_town(by) if village is None else require_village(by, village.id)
        month = self.office.clock.today().replace(day=1)
        act = self.office.act(by, "exchange.make", reason=f"{month_words(month)}月度数据交换")
        with replacing(target) as path, self.office.db.writing(act) as session:
            kept = ExchangeBook(
                identity=str(self.new_identity()),
                village_id=village.id if village is not None else None,
                month=month,
                file=target.name,
                row_count=0,
                entered_at=self.office.clock.now(),
                entered_by=by.name,
            )
            session.add(kept)
            session.flush()
            villages = villages_of(session)
            chosen = villages if village is None else (village,)
            sheets = [self._sheet(session, kept, trade, chosen) for trade in self.office.profile.trades]
            kept.row_count = sum(len(sheet.lines) for sheet in sheets)
            ids = session.scalars(select(ExchangeRow.establishment_id).where(ExchangeRow.book_id == kept.id))
            session.trail.note("ExchangeBook", kept.id, {"shown_in_full": list(ids)})
            write_book(self._book(session, kept, chosen, sheets), path, made_at=kept.entered_at)
            return MadeBook(str(target), kept.row_count, village.name if village else None, month)

    def _sheet(
        self, session: Session, kept: ExchangeBook, trade: Trade, villages: tuple[VillageRow, ...]
    ) -> BookSheet:
        lines = [line for village in villages for line in self._lines(session, kept, trade, village)]
        blanks = [str(blank) for blank in blank_identities(kept.identity, trade.code)]
        whose = villages[0].name if kept.village_id is not None else self.office.profile.township
        title = f"{whose}{trade.label}月度交换表（{month_words(kept.month)}）"
        return BookSheet(trade.short_label, title, self.office.profile.form(trade.code), lines, blanks)

    def _lines(
        self, session: Session, kept: ExchangeBook, trade: Trade, village: VillageRow
    ) -> Iterator[BookLine]:
        form = self.office.profile.form(trade.code)
        query = (
            select(Establishment)
            .where(
                Establishment.village_id == village.id,
                Establishment.kind == trade.code,
                Establishment.operating_status.not_in(_ENDED),
            )
            .order_by(Establishment.id)
        )
        for record in session.scalars(query).all():
            answers = answers_of(record, form, village.name)
            status = OperatingStatus(record.operating_status)
            session.add(
                ExchangeRow(
                    book_id=kept.id,
                    import_id=None,
                    identity=record.uuid,
                    version=record.version,
                    establishment_id=record.id,
                    answers=stored_answers({**answers, STATUS: status.value}),
                )
            )
            yield BookLine(record.uuid, record.version, record.archive_number, answers, status)

    def _book(
        self,
        session: Session,
        kept: ExchangeBook,
        villages: tuple[VillageRow, ...],
        sheets: list[BookSheet],
    ) -> Book:
        """Return all that is written; the county chooses among the villages, a village has only itself."""
        is_whole = kept.village_id is None
        village = "" if is_whole else villages[0].name
        offered = [one.name for one in villages] if is_whole else []
        profile = self.office.profile
        office = session.scalars(select(Office)).one()
        head = session.scalars(select(AuditHead)).one()
        origin = (
            ("登记册", office.register_id),
            ("规则包", profile.name),
            ("交换表", kept.identity),
            ("村（社区）", village or ALL_VILLAGES),
            ("月份", f"{kept.month:%Y-%m}"),
            ("制表时间", kept.entered_at.isoformat()),
            ("操作日志条数", str(head.count)),
            ("操作日志链头", head.hash),
        )
        instructions, note = self._words(kept, village)
        ended = EndedPapers(self.office.clock.today(), note, ended_papers(session, self.office))
        return Book(kept.identity, village, instructions, origin, sheets, STATUSES, ended, offered)

    def _words(self, kept: ExchangeBook, village: str) -> tuple[tuple[str, ...], str]:
        """Return how the workbook is filled in, and what its list of ended papers is for."""
        wording = self.office.profile.wording("exchange_book" if village else "county_exchange_book")
        if wording is None:
            return (), ""
        words = exchange_words(self.office, kept.month, village)
        return filled((wording.title, *wording.paragraphs), words, {}), wording.note


def blank_identities(book: str, kind: str) -> tuple[UUID, ...]:
    """Return the identities of the empty rows of a sheet; they follow from the workbook's own."""
    return tuple(uuid5(UUID(book), f"{kind}:{number}") for number in range(BLANK_ROWS))

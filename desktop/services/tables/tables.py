"""Official tables out of the register; personal numbers are masked unless asked for in full."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.models.office import Village
from desktop.services.office.villages import VillageRow
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require, require_village, village_scope
from desktop.services.survey.answers import answers_of
from desktop.services.tables.lines import (
    is_not_put_right,
    ledger_lines,
    paper_lines,
    rectification_lines,
    roster_lines,
)
from desktop.services.tables.masked_answers import Masker, masked_answers, masker
from desktop.sheets.files import replacing
from desktop.sheets.layout import OfficialTable, Sender, write_tables
from desktop.sheets.ledger_table import ledger_table
from desktop.sheets.paper_table import paper_table
from desktop.sheets.rectification_table import rectification_table
from desktop.sheets.roster_table import roster_table
from desktop.sheets.survey_table import SurveyLine, survey_table

PUBLIC, INTERNAL = "public", "internal"
_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Exported:
    """A workbook that was written."""

    file: str
    rows: int
    mode: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which part of the register is wanted, and how much of personal numbers may be seen."""

    kind: str | None
    village_id: int | None
    is_internal: bool


class Tables:
    """Writes workbooks; none of them holds a formula."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def export(
        self,
        what: str,
        target: Path,
        *,
        by: Actor,
        kind: str | None = None,
        village: VillageRow | None = None,
        is_internal: bool = False,
        reason: str = "",
    ) -> Exported:
        """Write one kind of table; the internal version needs its own right and a reason, and is recorded."""
        make = self._maker(what)
        require_export(by, is_internal=is_internal, reason=reason)
        if village is not None:
            require_village(by, village.id)
        chosen = Chosen(kind, village.id if village else village_scope(by), is_internal)
        mode = INTERNAL if is_internal else PUBLIC
        with replacing(target) as path:
            with self.office.db.reading(is_walk=True) as session:
                sender = self._sender(session, chosen, by)
                tables = make(session, chosen, sender)
                rows = write_tables(tables, path, made_at=self.office.clock.now())
            act = self.office.act(by, "export", reason=reason.strip())
            with self.office.db.writing(act) as session:
                facts = {
                    "what": what,
                    "kind": kind,
                    "village": village.name if village else None,
                    "rows": rows,
                    "mode": mode,
                    "file": target.name,
                }
                session.trail.note("Export", what, facts)
        return Exported(str(target), rows, mode)

    def _maker(self, what: str) -> Callable[[Session, Chosen, Sender], list[OfficialTable]]:
        makers = {
            "survey": self._survey,
            "ledger": self._ledger,
            "papers": self._papers,
            "roster": self._roster,
            "rectifications": self._rectifications,
            "risks": self._risks,
        }
        if what == "statistics":
            raise UserError(f"这一版还不能导出统计报表，什么都没有写；可导出：{'、'.join(makers)}")
        if what not in makers:
            raise UserError(f"没有“{what}”这种表；可导出：{'、'.join(makers)}")
        return makers[what]

    def _sender(self, session: Session, chosen: Chosen, by: Actor) -> Sender:
        unit = self.office.profile.office
        if chosen.village_id is not None:
            village = session.get(Village, chosen.village_id)
            unit = village.name if village else unit
        return Sender(unit, by.name, "", self.office.clock.today())

    def _survey(self, session: Session, chosen: Chosen, sender: Sender) -> list[OfficialTable]:
        profile = self.office.profile
        tables = []
        for trade in profile.trades:
            if chosen.kind in {None, trade.code}:
                form = profile.form(trade.code)
                lines = self._survey_lines(session, replace(chosen, kind=trade.code))
                tables.append(survey_table(trade.label, form, sender, lines))
        return tables

    def _survey_lines(self, session: Session, chosen: Chosen) -> Iterator[SurveyLine]:
        form, masked = self.office.profile.form(chosen.kind or ""), self._masker(chosen)
        for record, village in establishments(session, chosen):
            answers = answers_of(record, form, village)
            yield SurveyLine(record.archive_number, masked_answers(form, answers, masked))

    def _ledger(self, session: Session, chosen: Chosen, sender: Sender) -> list[OfficialTable]:
        title = f"{self.office.profile.township}食品“三小”监管台账"
        chosen_ones = establishments(session, chosen)
        lines = ledger_lines(session, self.office, chosen_ones, self._masker(chosen))
        return [ledger_table("监管台账", title, sender, lines)]

    def _papers(self, session: Session, chosen: Chosen, sender: Sender) -> list[OfficialTable]:
        title = f"{self.office.profile.township}食品“三小”登记证（卡）发放台账"
        lines = paper_lines(session, self.office, _conditions(chosen), self._masker(chosen))
        return [paper_table("发证台账", title, sender, lines)]

    def _roster(self, session: Session, chosen: Chosen, sender: Sender) -> list[OfficialTable]:
        masking, internal = self.office.profile.masking, chosen.is_internal
        title = f"{self.office.profile.township}食品“三小”登记名册" + ("" if internal else "（公示版）")
        lines = roster_lines(session, self.office, _conditions(chosen), is_internal=internal)
        has_address = internal or masking.address_in_public == "whole"
        return [roster_table(title, sender, lines, has_address=has_address, has_person=internal)]

    def _rectifications(self, session: Session, chosen: Chosen, sender: Sender) -> list[OfficialTable]:
        title = f"{self.office.profile.township}食品安全隐患整改销号台账"
        lines = rectification_lines(session, self.office.profile, _conditions(chosen))
        return [rectification_table("整改销号台账", title, sender, lines)]

    def _risks(self, session: Session, chosen: Chosen, sender: Sender) -> list[OfficialTable]:
        title = f"{self.office.profile.township}食品安全风险隐患清单"
        lines = rectification_lines(session, self.office.profile, (*_conditions(chosen), is_not_put_right()))
        return [rectification_table("风险隐患清单", title, sender, lines)]

    def _masker(self, chosen: Chosen) -> Masker:
        return masker(self.office.profile.masking, is_internal=chosen.is_internal)


def require_export(by: Actor, *, is_internal: bool, reason: str) -> None:
    """Refuse who may not; the internal version needs its own right and a reason."""
    require(by, Right.EXPORT)
    if is_internal:
        require(by, Right.EXPORT_INTERNAL)
        if not reason.strip():
            raise UserError("内部版含完整的身份证号和电话，要写明用途（--reason）；公开版不用写")


def establishments(session: Session, chosen: Chosen) -> Iterator[tuple[Establishment, str]]:
    """Return the chosen establishments with their villages, a page at a time: no table is loaded whole."""
    after = 0
    while True:
        query = (
            select(Establishment, Village.name)
            .join(Village)
            .where(Establishment.id > after, *_conditions(chosen))
            .order_by(Establishment.id)
            .limit(_BATCH)
        )
        page = session.execute(query).all()
        yield from ((record, village) for record, village in page)
        if len(page) < _BATCH:
            return
        after = page[-1][0].id
        session.expunge_all()


def _conditions(chosen: Chosen) -> Iterable[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if chosen.kind:
        conditions.append(Establishment.kind == chosen.kind)
    if chosen.village_id is not None:
        conditions.append(Establishment.village_id == chosen.village_id)
    return conditions

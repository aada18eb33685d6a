"""The county's own blank workbook (空表), filled in: what it asks for is found by its labels and shown first.

Only empty cells are filled, in a copy; what is not understood for certain stays empty and is named.
"""

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.act import Actor
from desktop.errors import UserError
from desktop.services.office.villages import villages_of
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require, require_whole_town
from desktop.services.tables.county_planning import FilledCell, FilledList, FormPlan, FormPlanner, FormWishes
from desktop.services.tables.tables import INTERNAL, PUBLIC, require_export
from desktop.sheets.as_new import is_new
from desktop.sheets.county_figures import UnreadPlace
from desktop.sheets.files import replacing
from desktop.sheets.untrusted import file_content


@dataclass(frozen=True, slots=True)
class CountyFormAnswer:
    """What a blank workbook comes to; ``file`` is the copy that was written, empty where none was."""

    file: str
    blank: str
    rows: int
    mode: str
    period: str
    filled: tuple[FilledCell, ...]
    lists: tuple[FilledList, ...]
    unread: tuple[UnreadPlace, ...]
    lost: str
    """What of an old format the copy cannot keep, in a sentence; empty where it keeps all."""


class CountyForms:
    """Fills in forms that others made; what they look like and what they reckon stays theirs."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def look(self, blank: Path, wishes: FormWishes, *, by: Actor) -> CountyFormAnswer:
        """Say what was recognised and what would stand there; of a list only its columns and its length."""
        require(by, Right.EXPORT)
        plan, lost = self._plan(blank.name, self._content(blank, by), wishes, by)
        return _answer(blank, plan, wishes, "", lost)

    def fill(self, blank: Path, target: Path, wishes: FormWishes, *, by: Actor) -> CountyFormAnswer:
        """Write a copy with the empty cells filled in; the trail names who made it, of what and why."""
        require_export(by, is_internal=wishes.is_internal, reason=wishes.reason)
        content = self._content(blank, by)
        plan, lost = self._plan(blank.name, content, wishes, by)
        if not plan.fills:
            reasons = "；".join(f"{one.place} {one.reason}" for one in plan.unread.all()[:3])
            raise UserError(
                f"{blank.name} 里没有能填的格子，没有写文件；{reasons or '没有认出要填的数或名单'}"
            )
        answer = _answer(blank, plan, wishes, str(target), lost)
        copy = self.office.workbooks.filled(content, blank.name, plan.fills)
        with replacing(target) as path:
            path.write_bytes(copy)
            act = self.office.act(by, "export", reason=wishes.reason.strip())
            with self.office.db.writing(act) as session:
                facts = {
                    "what": "county-form",
                    "blank": blank.name,
                    "cells": len(plan.filled),
                    "rows": answer.rows,
                    "mode": answer.mode,
                    "file": target.name,
                }
                session.trail.note("Export", "county-form", facts)
        return answer

    def _content(self, blank: Path, by: Actor) -> bytes:
        require_whole_town(by)
        return file_content(blank)

    def _plan(self, name: str, content: bytes, wishes: FormWishes, by: Actor) -> tuple[FormPlan, str]:
        """Say what goes into which cell, and what the copy cannot keep: of an old format its formulas too."""
        sheets, lost = self.office.workbooks.sheets(content, name), ""
        if not is_new(content):
            lost = _lost(name, sum(len(sheet.formulas) for sheet in sheets))
            sheets = tuple(sheet.without_formulas() for sheet in sheets)
        with self.office.db.reading() as session:
            planner = FormPlanner(self.office, session, wishes, villages_of(session), by)
            for sheet in sheets:
                if sheet.is_table and not sheet.is_hidden and sheet.rows:
                    planner.read(sheet)
        return planner.plan, lost


def _lost(name: str, formulas: int) -> str:
    reckoned = f"和 {formulas} 格公式（认得出的合计照数填，别的空着）" if formulas else ""
    return (
        f"{name} 不是 .xlsx，填好的存成 .xlsx：格子和合并都照旧，字体、边框、列宽、打印设置{reckoned}留不住；"
        "要原样留住，请先在表格软件里另存为 .xlsx 再来填"
    )


def _answer(blank: Path, plan: FormPlan, wishes: FormWishes, target: str, lost: str) -> CountyFormAnswer:
    return CountyFormAnswer(
        file=target,
        blank=blank.name,
        rows=sum(one.rows for one in plan.lists),
        mode=INTERNAL if wishes.is_internal else PUBLIC,
        period=wishes.period.label if wishes.period is not None else "",
        filled=tuple(plan.filled),
        lists=tuple(plan.lists),
        unread=plan.unread.all(),
        lost=lost,
    )

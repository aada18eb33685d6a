"""One real round of the work on the sample township: a ledger comes in, papers and tables go out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.act import Actor
from desktop.domain.forms import read_answers
from desktop.domain.wall import DeadlineRow
from desktop.services.imports.imports import Imports
from desktop.services.office.villages import VillageRow, Villages
from desktop.services.open_office import OpenOffice
from desktop.services.papers.blank_forms import BlankForms
from desktop.services.papers.papers import Papers, Sheet, Wanted
from desktop.services.rectification.deadlines import Deadlines
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.sample.township import Samples
from desktop.services.tables.tables import Tables
from desktop.sheets.layout import OfficialTable, Sender, Shape, TableColumn, Value, write_tables
from desktop.sheets.survey_table import SurveyLine, survey_table

_NEW_OF_EACH_TRADE = 4
_CARDS_ON_A_SHEET = 4
_MOST = 100_000
_TABLES = {"survey": "摸底调查表", "ledger": "监管台账", "papers": "发证台账", "rectifications": "整改台账"}
_DUE_COLUMNS = (
    TableColumn("序号", 6, Shape.COUNT),
    TableColumn("档案编号", 12),
    TableColumn("名称", 24),
    TableColumn("村（社区）", 14),
    TableColumn("整改期限", 14, Shape.DAY),
    TableColumn("剩余时间", 18),
    TableColumn("进展", 14),
)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a round: the files in the order in which they were made, and how many of what."""

    files: tuple[Path, ...]
    counts: Mapping[str, int]


class SampleRound:
    """Goes from the blank form to the tables, by the same services as the window."""

    def __init__(self, office: OpenOffice, samples: Samples, imports: Imports, fonts: Path) -> None:
        self.office = office
        self.samples = samples
        self.imports = imports
        self.papers = Papers(office, fonts)
        self.blank_forms = BlankForms(office, fonts)

    def work_through(self, out: Path, *, by: Actor) -> Done:
        """Leave papers and workbooks in a folder that is there."""
        files = [*self._blank_forms(out, by)]
        village = Villages(self.office).all()[0]
        ledger = out / f"2-{village.name}台账.xlsx"
        self._write_ledger(village, ledger)
        files.append(ledger)
        taken = self.imports.take_in([ledger], by=by)
        imported = (
            sum(sheet.counts.new for one in taken.files for sheet in one.sheets) if taken.imported else 0
        )
        today = self.office.clock.today()
        batch = Registrations(self.office).register_all(Choice(), decided_on=today, by=by)
        printed, pages = self._print(out, files, by)
        due = Deadlines(self.office).overdue(today, by=by)
        files.append(self._write_due(due, out / "4-逾期和快到期的整改.xlsx", by))
        exported = 0
        for what, title in _TABLES.items():
            table = Tables(self.office).export(what, out / f"5-{title}.xlsx", by=by)
            exported += table.rows
            files.append(Path(table.file))
        counts = {
            "imported": imported,
            "registered": len(batch.issued),
            "not_registered": len(batch.refused),
            "printed": printed,
            "pages": pages,
            "overdue": sum(row.is_overdue for row in due),
            "soon_due": sum(not row.is_overdue for row in due),
            "exported_rows": exported,
        }
        return Done(tuple(files), counts)

    def _blank_forms(self, out: Path, by: Actor) -> Iterator[Path]:
        for trade in self.office.profile.trades:
            target = out / f"1-空白调查表-{trade.label}.pdf"
            self.blank_forms.print(trade.code, target, count=1, by=by)
            yield target

    def _write_ledger(self, village: VillageRow, target: Path) -> None:
        """Write what the village sends: some new establishments of each trade, as its people type them."""
        today = self.office.clock.today()
        sender = Sender(village.name, self.samples.words.surveyors[0], "", today)
        tables = []
        for trade in self.office.profile.trades:
            form = self.office.profile.form(trade.code)
            typed = [
                self.samples.invent(trade.code, village, surveyed_on=today) for _ in range(_NEW_OF_EACH_TRADE)
            ]
            lines = [SurveyLine("", read_answers(form, sheet).answers) for sheet in typed]
            tables.append(survey_table(trade.label, form, sender, lines))
        write_tables(tables, target, made_at=self.office.clock.now())

    def _print(self, out: Path, files: list[Path], by: Actor) -> tuple[int, int]:
        """Print one card by itself, the other cards four on a sheet, and the certificates page by page."""
        waiting = self.papers.page(by=by, is_unprinted=True, limit=_MOST)
        cards = [row.number for row in reversed(waiting) if row.code == "card"]
        certificates = [row.number for row in reversed(waiting) if row.code == "certificate"]
        printed = pages = 0
        for name, code, numbers, per_page in (
            ("登记卡-单张", "card", cards[:1], 1),
            ("登记卡-四张一页", "card", cards[1:], _CARDS_ON_A_SHEET),
            ("登记证", "certificate", certificates, 1),
        ):
            if numbers:
                target = out / f"3-{name}.pdf"
                outcome = self.papers.print(
                    Wanted(code, numbers=tuple(numbers)), target, by=by, sheet=Sheet(per_page)
                )
                files.append(target)
                printed += len(outcome.papers)
                pages += outcome.pages
        return printed, pages

    def _write_due(self, due: Sequence[DeadlineRow], target: Path, by: Actor) -> Path:
        profile = self.office.profile
        rows: list[tuple[Value, ...]] = [
            (number, row.archive_number, row.title, row.village, row.due_on, row.words, row.stage.label)
            for number, row in enumerate(due, 1)
        ]
        sender = Sender(profile.office, by.name, "", self.office.clock.today())
        title = f"{profile.township}逾期和快到期的整改"
        table = OfficialTable("到期提醒", title, sender, _DUE_COLUMNS, rows, unit="件")
        write_tables([table], target, made_at=self.office.clock.now())
        return target

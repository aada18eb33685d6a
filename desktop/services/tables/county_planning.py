"""What a county's blank workbook is filled in with: planned cell by cell, nothing is written here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.countables import Countable
from desktop.domain.reporting_periods import ReportingPeriod
from desktop.services.office.villages import VillageRow, find_village, written_villages
from desktop.services.open_office import OpenOffice
from desktop.services.tables.county_lists import ListRows, filled_list
from desktop.services.tables.figures import SHARES, Counted, counted
from desktop.services.tables.masked_answers import Masker, masker
from desktop.sheets.cells import SheetCells, column_letter
from desktop.sheets.county_figures import Figures, UnreadPlace, UnreadPlaces, read_figures
from desktop.sheets.county_kinds import FigureCell
from desktop.sheets.county_labels import Labels
from desktop.sheets.county_list import SERIAL, ListForm, Lists
from desktop.sheets.named_villages import VillageNames
from desktop.sheets.splicing import Fill
from desktop.sheets.words import KIND

LIST = "名单"
"""What a list as a whole is called that is not filled in."""

_OF_REGISTER = {
    SERIAL: "序号",
    KIND: "类别",
    "archive_number": "档案编号",
    "paper_number": "证卡编号",
    "issued_on": "发证日期",
    "valid_until": "有效期至",
    "operating_status": "经营状态",
    "registration_status": "登记状态",
}
_PERIOD_WORDS = {"month": "本月", "quarter": "本季度", "year": "本年"}


@dataclass(frozen=True, slots=True)
class FilledCell:
    """One cell: where it is, under which labels, what that was taken for, and what goes into it."""

    sheet: str
    cell: str
    label: str
    meaning: str
    value: str


@dataclass(frozen=True, slots=True)
class FilledColumn:
    """One column of a list: the words over it, and what they were taken for."""

    label: str
    field: str
    meaning: str


@dataclass(frozen=True, slots=True)
class FilledList:
    """One list: its trade, its rows, and what each column was taken for."""

    sheet: str
    kind: str
    first_row: int
    rows: int
    columns: Mapping[str, FilledColumn]


@dataclass(frozen=True, slots=True)
class FormWishes:
    """What a person says beside the workbook: the trade and village of a list, the period of events."""

    kind: str = ""
    village: VillageRow | None = None
    period: ReportingPeriod | None = None
    is_internal: bool = False
    reason: str = ""


@dataclass(slots=True)
class FormPlan:
    """What will be written, and what of it a person is shown."""

    fills: list[Fill] = field(default_factory=list)
    filled: list[FilledCell] = field(default_factory=list)
    lists: list[FilledList] = field(default_factory=list)
    unread: UnreadPlaces = field(default_factory=UnreadPlaces)


@dataclass
class FormPlanner:
    """Plans one workbook inside an open block."""

    office: OpenOffice
    session: Session
    wishes: FormWishes
    villages: tuple[VillageRow, ...]
    by: Actor
    plan: FormPlan = field(default_factory=FormPlan)

    def read(self, sheet: SheetCells) -> None:
        """Plan a sheet: a list where its header is that of one, else the figures that it asks for."""
        form = self._lists.read(sheet)
        if form is not None:
            self._fill_list(form)
        else:
            self._fill_figures(read_figures(sheet, self._labels))

    @cached_property
    def _names(self) -> VillageNames:
        def find(typed: str) -> str | None:
            found = find_village(self.villages, typed)
            return found.name if found is not None else None

        written = written_villages(self.villages, self.office.profile)
        return VillageNames(tuple(one.name for one in self.villages), find, written.read)

    @cached_property
    def _labels(self) -> Labels:
        return Labels(self.office.profile.countables, self.office.profile.trades, self._names)

    @cached_property
    def _lists(self) -> Lists:
        return Lists(self.office.profile, self._names, self._labels)

    @cached_property
    def _masked(self) -> Masker:
        return masker(self.office.profile.masking, is_internal=self.wishes.is_internal)

    @cached_property
    def _in_period(self) -> Counted:
        return self._counted(self.wishes.period)

    @cached_property
    def _ever(self) -> Counted:
        return self._in_period if self.wishes.period is None else self._counted(None)

    def _counted(self, period: ReportingPeriod | None) -> Counted:
        facts = [one.code for one in self.office.profile.countables]
        today = self.office.clock.today()
        return counted(self.session, facts, today=today, period=period, village_id=None)

    def _fill_list(self, form: ListForm) -> None:
        place = f"{column_letter(min(form.columns))}{form.first_row - 1}"
        kind = form.kind or self.wishes.kind
        if refusal := self._refused(form, kind):
            self.plan.unread.add(UnreadPlace(form.sheet, place, LIST, refusal))
            return
        named = find_village(self.villages, form.village) if form.village else self.wishes.village
        village_id = named.id if named is not None else None
        rows = filled_list(self.session, self.office.profile, form, kind, village_id, self._masked)
        self.plan.fills += rows.fills
        self._leave(form.unread)
        self.plan.lists.append(self._list_answer(rows))

    def _list_answer(self, rows: ListRows) -> FilledList:
        names = {one.code: one.header or one.label for one in self.office.profile.questions} | _OF_REGISTER
        columns = {
            column_letter(column): FilledColumn(rows.form.labels[column], fact, names[fact])
            for column, fact in rows.form.columns.items()
        }
        return FilledList(rows.form.sheet, rows.kind, rows.form.first_row, rows.rows, columns)

    def _refused(self, form: ListForm, kind: str) -> str:
        """Return why a list is not filled in; empty where it is."""
        if form.room <= 0 and not form.is_open_below:
            return "表头下面没有空行，没有填；只能填空表"
        if not kind and not form.is_of_all:
            return "看不出是哪一类（小作坊、小摊贩等），请选类别再填"
        if self.wishes.kind and form.kind not in {"", self.wishes.kind}:
            return f"这张表是“{self.office.profile.trade(form.kind).label}”，与选的类别不同，没有填"
        return ""

    def _fill_figures(self, figures: Figures) -> None:
        self._leave(figures.unread)
        for cell in figures.cells:
            self._fill_figure(cell)
        if figures.cells:  # a sheet that asks for no figure is left alone, whoever is to sign it
            for sender in figures.senders:
                value = self._of_sender(sender.what)
                self.plan.fills.append(Fill(sender.sheet, sender.row, sender.column, value))
                place = f"{column_letter(sender.column)}{sender.row}"
                self.plan.filled.append(FilledCell(sender.sheet, place, sender.label, sender.label, value))

    def _leave(self, places: Iterable[UnreadPlace]) -> None:
        for one in places:
            self.plan.unread.add(one)

    def _of_sender(self, what: str) -> str:
        today = self.office.clock.today()
        return {
            "unit_of_sender": self.office.profile.office,
            "person_of_sender": self.by.name,
            "day_of_sender": f"{today.year}年{today.month}月{today.day}日",
        }[what]

    def _fill_figure(self, cell: FigureCell) -> None:
        countable = next(one for one in self.office.profile.countables if one.code == cell.said.fact)
        place = f"{column_letter(cell.column)}{cell.row}"
        number = self._out_of_period(countable, cell.said.period) or self._number(cell)
        if isinstance(number, str):
            self.plan.unread.add(UnreadPlace(cell.sheet, place, cell.label, number))
            return
        is_share = cell.said.fact in SHARES
        percent = cell.said.says_percent
        self.plan.fills.append(
            Fill(cell.sheet, cell.row, cell.column, number, is_share=is_share, says_percent=percent)
        )
        shown = f"{number}%" if is_share else str(number)
        parts = (cell.said.village, self._kind(cell.said.kind), self._called(countable, cell.said.period))
        meaning = " · ".join(filter(None, parts))
        self.plan.filled.append(FilledCell(cell.sheet, place, cell.label, meaning, shown))

    def _number(self, cell: FigureCell) -> int | Decimal | str:
        """Return what is counted for a cell, or why nothing can be."""
        said = cell.said
        village = find_village(self.villages, said.village) if said.village else None
        village_id = village.id if village is not None else None
        source = self._ever if said.period == "ever" else self._in_period
        if said.fact not in SHARES:
            return source.number(said.fact, kind=said.kind, village_id=village_id)
        share = source.share(said.fact, kind=said.kind, village_id=village_id)
        return "没有户，算不出比率" if share is None else share

    def _kind(self, kind: str) -> str:
        return self.office.profile.trade(kind).short_label if kind else "各类合计"

    def _called(self, countable: Countable, period: str) -> str:
        """Return what is counted, with the time for which it is."""
        if not countable.is_of_a_period:
            return countable.label
        chosen = None if period == "ever" else self.wishes.period
        return f"{countable.label}（{chosen.label if chosen is not None else '累计'}）"

    def _out_of_period(self, countable: Countable, period: str) -> str:
        """Return why a number cannot be given for the time that is asked for."""
        chosen = self.wishes.period
        if period in _PERIOD_WORDS and (chosen is None or chosen.kind != period):
            return f"表上写的是“{_PERIOD_WORDS[period]}”，请选统计期再填"
        if (
            not countable.is_of_a_period
            and chosen is not None
            and not chosen.holds(self.office.clock.today())
        ):
            return f"“{countable.label}”只能按今天数，不能倒推到{chosen.label}"
        return ""

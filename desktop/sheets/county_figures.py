"""The empty cells of a form of figures (统计表), found by the labels beside and above them.

In a table a cell has a label at its left and one above it, maybe far away; in a form its label stands right
beside or right above. A cell of which any label is not known stays empty and is named.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.domain.folding import fold, half_width
from desktop.errors import UserError
from desktop.sheets.cells import SheetCells, column_letter, is_blank
from desktop.sheets.county_kinds import LEFT, TOP, FigureCell, with_kinds, without_heads
from desktop.sheets.county_labels import Labels, Meaning, Said, together
from desktop.sheets.form_grid import FormGrid, Place, has_colon
from desktop.sheets.words import FORM_WORDS

MOST_CELLS = 40_000
_HEADING_WIDTH = 3
_AMONG = "其中"
NO_KIND = "没有写是哪一类"
_SENDER = {
    word: what
    for what in ("unit_of_sender", "person_of_sender", "day_of_sender")
    for word in FORM_WORDS[what]
}


@dataclass(frozen=True, slots=True)
class SenderCell:
    """An empty cell for who fills the form in, and when: ``what`` is unit, person or day."""

    sheet: str
    row: int
    column: int
    label: str
    what: str


@dataclass(frozen=True, slots=True)
class UnreadPlace:
    """Something that stays empty: where, under which label, how many cells, and why."""

    sheet: str
    place: str
    label: str
    reason: str
    count: int = 1

    @property
    def where(self) -> str:
        return self.place if self.count == 1 else f"{self.place} 等 {self.count} 格"


class UnreadPlaces:
    """Places that stay empty: each reason once for a sheet, with its first place and how many there are."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], UnreadPlace] = {}

    def add(self, one: UnreadPlace) -> None:
        """Add places; where a label is at fault that others need not share, it is named by itself."""
        key = (one.sheet, one.label if one.reason == NO_KIND else "", one.reason)
        known = self._found.setdefault(key, one)
        if known is not one:
            self._found[key] = replace(known, count=known.count + one.count)

    def all(self) -> tuple[UnreadPlace, ...]:
        return tuple(self._found.values())


@dataclass(frozen=True, slots=True)
class Figures:
    """What one sheet asks for."""

    cells: tuple[FigureCell, ...]
    senders: tuple[SenderCell, ...]
    unread: tuple[UnreadPlace, ...]
    title: tuple[str, ...]


def read_figures(sheet: SheetCells, labels: Labels) -> Figures:
    """Find all empty cells that the labels of a sheet explain."""
    if (len(sheet.rows) + 1) * (sheet.width + 1) > MOST_CELLS:
        raise UserError(f"“{sheet.name}”有 {len(sheet.rows)} 行 {sheet.width} 列，不像要填的统计表，没有读取")
    return _Reader(FormGrid(sheet), labels).read()


@dataclass(slots=True)
class _Reader:
    grid: FormGrid
    labels: Labels
    counts: bool = False
    """Whether the title says that houses are counted, where no label does."""

    def read(self) -> Figures:
        title, first = self._titles()
        self.counts = any(map(self.labels.counts_houses, title))
        headings = dict(self._headings(first))
        cells: list[FigureCell] = []
        senders: list[SenderCell] = []
        left = UnreadPlaces()
        for row, column in self._open_places():
            if what := self._sender(row, column):
                label = self.grid.text(row, column - 1)
                senders.append(SenderCell(self.grid.sheet.name, row, column, label, what))
            elif row >= first and row not in headings:
                found = self._cell(row, column, first, headings)
                if isinstance(found, FigureCell):
                    cells.append(found)
                elif found is not None and self.grid.is_inside(row, column):
                    left.add(found)
        cells = without_heads(cells)
        named = with_kinds(cells)
        for one in cells:
            if not any((one.row, one.column) == (kept.row, kept.column) for kept in named):
                left.add(UnreadPlace(one.sheet, _place(one.row, one.column), one.label, NO_KIND))
        whole = self._of_title(named, (self.grid.sheet.name, *title))
        return Figures(tuple(whole), tuple(senders), left.all(), title)

    def _open_places(self) -> Iterator[Place]:
        for row in range(1, self.grid.rows + 1):
            for column in range(1, self.grid.columns + 1):
                if self.grid.is_open(row, column):
                    yield row, column

    def _of_title(self, cells: Sequence[FigureCell], titles: Sequence[str]) -> list[FigureCell]:
        """Let trade and village of the title hold for all cells, where no label names any."""
        kind = next(filter(None, map(self.labels.trade_in, titles)), "")
        village = next(filter(None, map(self.labels.village_in, titles)), "")
        if kind and not any(cell.said.kind for cell in cells):
            cells = [replace(cell, said=replace(cell.said, kind=kind)) for cell in cells]
        if village and not any(cell.said.village for cell in cells):
            cells = [replace(cell, said=replace(cell.said, village=village)) for cell in cells]
        return list(cells)

    def _titles(self) -> tuple[tuple[str, ...], int]:
        """Return the texts above the table, and the row with which it begins."""
        titles: list[str] = []
        for row in range(1, self.grid.rows + 1):
            texts = self.grid.texts_of(row)
            is_sender = bool(texts) and all(has_colon(text) or fold(text) in _SENDER for text, _ in texts)
            if not is_sender and not self._is_title(row, texts):
                return tuple(titles), row
            titles += [text for text, _ in texts]
        return tuple(titles), self.grid.rows + 1

    def _is_title(self, row: int, texts: Sequence[tuple[str, int]]) -> bool:
        if not texts:
            return True
        if len(texts) > 1:
            return False
        ((text, column),) = texts
        if self.grid.width_at(row, column) >= _HEADING_WIDTH:
            return True
        meaning = self.labels.read(text)
        return meaning is None or not meaning.says_something

    def _headings(self, first: int) -> Iterator[tuple[int, Meaning]]:
        """Return the rows that head those below: one text over several columns."""
        for row in range(first, self.grid.rows + 1):
            texts = self.grid.texts_of(row)
            if len(texts) == 1 and self.grid.width_at(row, texts[0][1]) >= _HEADING_WIDTH:
                yield row, self.labels.read(texts[0][0]) or Meaning()

    def _sender(self, row: int, column: int) -> str:
        """Return what of the sender belongs here, by the label right beside.

        What ends with a colon is filled in behind it, in the same cell: that is left to a pen.
        """
        text = self.grid.text(row, column - 1) if column > 1 else ""
        return "" if has_colon(text) else _SENDER.get(fold(half_width(text).partition("(")[0]), "")

    def _cell(
        self, row: int, column: int, first: int, headings: Mapping[int, Meaning]
    ) -> FigureCell | UnreadPlace | None:
        """Return what a cell holds; or why it stays empty, where its labels speak of a figure."""
        beside = [(row, at) for at in range(column - 1, 0, -1)]
        above = [(at, column) for at in range(row - 1, first - 1, -1) if at not in headings]
        near_left, near_top = self._run(beside, is_near=True), self._run(above, is_near=True)
        left, top = self._run(beside), self._run(above)
        for run in (near_left, left):
            run.update(self._spread(run, headings, first, is_down=True))
        top.update(self._spread(top, headings, first, is_down=False))
        heads = max((at for at, _ in top), default=row)
        left.update(self._whole_of(left, range(row - 1, heads, -1)))
        top.update(self._whole_beside(top))
        heading = next((headings[at] for at in range(row, first - 1, -1) if at in headings), Meaning())
        name, place = self.grid.sheet.name, _place(row, column)
        path, is_of_form = [*left.values(), *top.values()], False
        said = self._said(path, heading) if self._is_of_table(column, left, top) else ""
        if isinstance(said, str) and near_left and not near_top:
            path, is_of_form = list(near_left.values()), True
            said = self._said(path, heading, is_alone=True)
        elif isinstance(said, str) and near_top and not left and self._is_all_known(row - 1):
            path, is_of_form = list(near_top.values()), True
            said = self._said(path, heading, is_alone=True)
        if isinstance(said, Said):
            cell = FigureCell(name, row, column, "，".join(path), said, is_of_form)
            return cell if is_of_form else self._of_table(cell, left, top, heading)
        return UnreadPlace(name, place, "，".join(path), said) if said else None

    def _of_table(
        self, cell: FigureCell, left: Mapping[Place, str], top: Mapping[Place, str], heading: Meaning
    ) -> FigureCell:
        """Return a cell with what each side says of the trade."""
        beside = [*map(self.labels.read, left.values()), heading]
        above = list(map(self.labels.read, top.values()))
        sides = ((TOP, above), (LEFT, beside))
        return replace(
            cell,
            head_rows={row for row, _ in top},
            head=(max(row for row, _ in top), max(column for _, column in left)),
            owned_at=next((side for side, said in sides if any(map(_is_of_one_trade, said))), ""),
            all_at=tuple(side for side, said in sides if any(one and one.is_all for one in said)),
        )

    def _said(self, path: Sequence[str], heading: Meaning, *, is_alone: bool = False) -> Said | str:
        """Return what labels say together, or why not; an empty reason where they speak of no figure."""
        read = {text: self.labels.read(text) for text in path}
        if unknown := [text for text, meaning in read.items() if meaning is None]:
            return f"没有认出“{max(unknown, key=len)}”"
        meanings = [meaning for meaning in read.values() if meaning is not None]
        if not any(one.fact or one.is_bare for one in meanings):
            # 合计 behind a village; below a village it stands in the column of their names
            first = meanings[0]
            names_all = bool(first.village) and any(one.is_all for one in meanings[1:])
            if is_alone or not (names_all or any(one.kind for one in meanings)):
                return ""
            if not self.counts:
                return "看不出要填哪个数"
            meanings.append(Meaning(is_bare=True))
        heads = [text for text, meaning in read.items() if meaning and not meaning.says_something]
        if is_alone and not (_is_label_of_form(meanings) and all(map(_may_stand_beside, heads))):
            return ""
        has_kind = any(one.kind for one in meanings)
        return together(meanings if has_kind else [*meanings, replace(heading, fact="", is_bare=False)])

    def _whole_of(self, run: Mapping[Place, str], rows: Iterable[int]) -> dict[Place, str]:
        """Return the label of which one is a part: 其中：小作坊 below 已登记数 is said of those.

        Others that name a trade only stand in the same row of parts and are passed by.
        """
        outwards = sorted(run, key=lambda place: -place[1])
        nearest = next((place for place in outwards if self._says_something(run[place])), None)
        if nearest is None or not self._is_part(run[nearest]):
            return {}
        for place in ((row, nearest[1]) for row in rows):
            text = self.grid.text(*place)
            if not text or has_colon(text):
                continue
            meaning = self.labels.read(text)
            if meaning is None and text.startswith(_AMONG):
                continue
            if meaning is None or meaning.fact or meaning.is_bare:
                return {self.grid.first_of(*place): text}
        return {}

    def _whole_beside(self, top: Mapping[Place, str]) -> dict[Place, str]:
        """Return the head beside a group 其中, or beside 其中：小作坊: what the group is a part of."""
        for row, column in top:
            text = top[row, column]
            if fold(text) == _AMONG or (text.startswith(_AMONG) and self._is_part(text)):
                for at in range(column - 1, 0, -1):
                    label = self.grid.text(row, at)
                    if label and not label.startswith(_AMONG) and not self._is_part(label):
                        return {self.grid.first_of(row, at): label}
        return {}

    def _says_something(self, text: str) -> bool:
        meaning = self.labels.read(text)
        return meaning is None or meaning.says_something

    def _is_part(self, text: str) -> bool:
        """Tell whether a label names a trade and nothing that is counted of it."""
        meaning = self.labels.read(text)
        return meaning is not None and bool(meaning.kind) and not meaning.fact and not meaning.is_bare

    def _is_all_known(self, row: int) -> bool:
        """Tell whether a row is labels from end to end, and each says something: else it heads no figures."""
        read = [self.labels.read(text) for text, _ in self.grid.texts_of(row)]
        is_whole = all(self.grid.text(row, column) for column in range(1, self.grid.columns))
        return is_whole and all(one is not None and one.says_something for one in read)

    def _is_of_table(self, column: int, left: Mapping[Place, str], top: Mapping[Place, str]) -> bool:
        """Tell whether a label at the left and one above lead to one cell of a table.

        The heads of a table stand side by side; in a form there are empty cells between the labels.
        """
        if not left or not top:
            return False
        beside = max(at for row, at in left)
        heads = {row for row, _ in top}
        return any(
            not any(self.grid.is_open(row, between) for between in range(beside + 1, column)) for row in heads
        )

    def _spread(
        self,
        run: Mapping[Place, str],
        headings: Mapping[int, Meaning],
        first: int,
        *,
        is_down: bool,
    ) -> dict[Place, str]:
        """Return the label that holds on for empty cells behind it, as people group without merging.

        小作坊 over the first of its columns, or before the first of its rows, is said of all of them.
        """
        if not run:
            return {}
        row, column = min(run)
        back = [(at, column - 1) for at in range(row, first - 1, -1) if at not in headings]
        if not is_down:
            back = [(row - 1, at) for at in range(column, 0, -1) if first < row and row - 1 not in headings]
        for number, place in enumerate(back):
            text = self.grid.text(*place) if min(place) > 0 else ""
            if text and number and not has_colon(text):
                return {self.grid.first_of(*place): text}
            if min(place) < 1 or not self.grid.is_open(*place):
                return {}
        return {}

    def _run(self, places: Iterable[Place], *, is_near: bool = False) -> dict[Place, str]:
        """Return the labels that stand together, going outwards; near ones begin right at the cell."""
        found: dict[Place, str] = {}
        for row, column in places:
            text = self.grid.text(row, column)
            if text and not has_colon(text):
                found.setdefault(self.grid.first_of(row, column), text)
            elif found and (is_blank(self.grid.sheet.cell(row, column)) or text):
                break
            elif is_near and not found:
                return {}
        return found


def _is_of_one_trade(meaning: Meaning | None) -> bool:
    """Tell 小作坊总数 from 小作坊 and from 总数."""
    return meaning is not None and bool(meaning.kind) and bool(meaning.fact or meaning.is_bare)


def _is_label_of_form(meanings: Sequence[Meaning]) -> bool:
    """Tell a label that stands for itself from 数量 alone, and from the heads of a table side by side."""
    says_what = sum(bool(one.fact or one.is_bare) for one in meanings) == 1
    return says_what and any(one.fact or one.kind or one.is_all for one in meanings)


def _may_stand_beside(text: str) -> bool:
    """Tell a unit or 其中 beside a label of a form from 序号 and 村, which head the columns of a table."""
    return fold(text) in {"", _AMONG} | FORM_WORDS["units"]


def _place(row: int, column: int) -> str:
    return f"{column_letter(column)}{row}"

"""Lists on A4 landscape: a title, who sends it, a ruled table over several pages, who signs at its end."""

from dataclasses import dataclass
from datetime import date

from printing.blocks import require, single
from printing.errors import FIT, MISSING_FACT, Reason
from printing.fonts import Face
from printing.geometry import Align
from printing.left_out import PITCH, draw_left_out, left_out_lines
from printing.page import Page
from printing.tables import Table, TableRow
from printing.wording import chinese_date

LEFT, RIGHT = 12.0, 285.0
TOP = 35.0
FOOT = 190.0
"""Where the page number stands; the table ends above it, on the last page above who signs."""

_SIGNING = 34.0


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What a list says: a row has one text for each column after the running number.

    ``left_out`` names who belongs on it and cannot stand there; the totals count them.
    """

    title: str
    sender: str
    heading: str
    as_of: date
    rows: tuple[tuple[str, ...], ...]
    totals: str
    note: str
    signatures: tuple[str, ...]
    seal_word: str = "（盖章）"
    left_out: tuple[str, ...] = ()


def draw_list(page: Page, facts: ListFacts, table: Table) -> None:
    """Draw the list over as many pages as it needs, the head on each."""
    require(page, ("标题", facts.title), ("单位", facts.sender))
    if not facts.rows:
        page.refuse(Reason(MISSING_FACT, f"{facts.title}里一户也没有，没有可打印的内容"))
    rows = [set_row(page, table, place, row) for place, row in enumerate(facts.rows, start=1)]
    told = left_out_lines(page, facts.left_out, RIGHT - LEFT)
    last_room = FOOT - 17 - TOP - PITCH * len(told)
    pages = table.paged(rows, room=FOOT - 5 - TOP, last_room=last_room)
    for index, on_page in enumerate(pages):
        if index:
            page.next()
        _draw_head(page, facts)
        bottom = table.draw(page, TOP, on_page)
        said = f"第{index + 1}页　共{len(pages)}页"
        page.text(RIGHT, FOOT + 6, said, Face.SONG, 9.5, align=Align.RIGHT)
        if index == len(pages) - 1:
            _draw_foot(page, facts, bottom, told)


def set_row(page: Page, table: Table, place: int, row: tuple[str, ...]) -> TableRow:
    """Set one row under its running number."""
    return table.set_row(page, (str(place), *row), name=f"第{place}户（{'，'.join(filter(None, row[:3]))}）")


def _draw_head(page: Page, facts: ListFacts) -> None:
    centre = (LEFT + RIGHT) / 2
    single(
        page, centre, 21, facts.title, Face.SONG_BOLD, 20,
        most=RIGHT - LEFT, label="标题", align=Align.CENTRE, spacing=0.25,
    )  # fmt: skip
    single(page, LEFT, 31, f"{facts.sender}{facts.seal_word}", Face.SONG, 10.5, most=105, label="单位")
    single(page, centre + 20, 31, facts.heading, Face.SONG, 10.5, most=140, label="说明", align=Align.CENTRE)
    day = chinese_date(facts.as_of)
    page.text(RIGHT, 31, day, Face.SONG, 10.5, align=Align.RIGHT)


def _draw_foot(page: Page, facts: ListFacts, bottom: float, told: tuple[str, ...]) -> None:
    """Draw totals, places to sign, whom the list leaves out and the note under the table."""
    y = bottom + 7
    width = page.width(facts.totals, Face.SONG, 10)
    room = sum(page.width(label, Face.SONG, 10) + _SIGNING + 6 for label in facts.signatures)
    if LEFT + width + 8 + room > RIGHT + 6:
        page.refuse(Reason(FIT, f"合计一句太长，放不下签名：{facts.totals}"))
    page.text(LEFT, y, facts.totals, Face.SONG, 10)
    x = RIGHT + 6 - room
    for label in facts.signatures:
        page.text(x, y, label, Face.SONG, 10)
        start = x + page.width(label, Face.SONG, 10) + 1
        page.line((start, y + 1.3), (start + _SIGNING - 1, y + 1.3), weight=0.45)
        x = start + _SIGNING + 5
    y = draw_left_out(page, LEFT, y + 6, told)
    single(page, LEFT, y, facts.note, Face.SONG, 8, most=RIGHT - LEFT, label="附注")

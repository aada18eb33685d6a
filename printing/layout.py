"""Where everything stands on a card or certificate: positions, sizes and which fields appear, as data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations, product

from printing.fit import Style
from printing.fonts import Face
from printing.geometry import A4, A4_LANDSCAPE, A6_LANDSCAPE, A7_LANDSCAPE, MM, Align, Box, Sheet, baseline

LEAST_SIZE = 6.5
"""The smallest type in points that a card may carry; below it a laser's 宋 fills up."""
LEAST_CODE = 25.0
"""The narrowest code in mm that telephones read from a laminated card."""
CLEAR = 2.0
"""How near in mm any field may come to the code: four of its modules stay clear."""

APART = 1.0
"""How far in mm two boxes may reach into each other: their edges are wider than what stands in them."""
GLYPH_HEIGHT = 0.94
"""Height in em from the lowest to the highest ink of a Chinese character."""
FRAMES: Mapping[str, float] = {
    "card": 6.5,
    "card_small": 6.0,
    "certificate": 21.0,
    "certificate_duplicate": 18.5,
    "display_sheet": 11.8,
}
"""How far in mm the inner edge of the frame of each paper is from the edges of its sheet."""

FACTS: Mapping[str, str] = {
    "name": "名称",
    "name_or_operator": "名称或经营者",
    "operator_name": "经营者",
    "operator_id_number_masked": "身份证号（隐去）",
    "business_licence_number": "营业执照号",
    "address": "地址",
    "products": "品种",
    "trading_hours": "经营时段",
    "validity": "有效期限",
    "phone_masked": "电话（隐去）",
}
"""The facts that may have a line of their own, and what the editor calls them."""

MAY_GO = ("operator_id_number_masked", "business_licence_number", "trading_hours", "phone_masked")
"""The facts that an office may leave out; without the others a paper says less than the law asks."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something that stands on a paper by itself: its name in the window, and whether it must appear."""

    label: str
    is_mandatory: bool = True


FIELDS: Mapping[str, Field] = {
    "title": Field("标题"),
    "name": Field("店名"),
    "copy": Field("正本、副本字样"),
    "rule": Field("标题下的线", is_mandatory=False),
    "number": Field("编号"),
    "issuer": Field("发证单位"),
    "seal": Field("盖章字样"),
    "date": Field("发证日期"),
    "code": Field("二维码"),
    "caption": Field("二维码说明", is_mandatory=False),
    "hotlines": Field("投诉举报电话", is_mandatory=False),
    "note": Field("说明文字"),
    "record_title": Field("记录表标题"),
    "records": Field("记录表"),
    "inspection_head": Field("监督检查的标题和日期"),
    "inspection": Field("监督检查的结果"),
}

_CARD = ("title", "rule", "number", "issuer", "date", "code", "caption", "hotlines", "note")
PAPERS: Mapping[str, tuple[Sheet, tuple[str, ...]]] = {
    "card": (A6_LANDSCAPE, _CARD),
    "card_small": (A7_LANDSCAPE, _CARD),
    "certificate": (A4_LANDSCAPE, ("copy", "seal", *_CARD)),
    "certificate_duplicate": (
        A4,
        (
            "copy",
            "seal",
            "title",
            "rule",
            "number",
            "issuer",
            "date",
            "code",
            "caption",
            "note",
            "record_title",
            "records",
        ),
    ),
    "display_sheet": (
        A4,
        (
            "title",
            "name",
            "number",
            "inspection_head",
            "inspection",
            "code",
            "caption",
            "hotlines",
            "issuer",
        ),
    ),
}
"""The papers that have a layout: their sheet, and the fields that each of them has."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands: box in mm; normal and least size in points, and those of two lines (0: one line).

    ``two_least`` 0 is ``two_lines``. The middle of the glyphs is the middle of the box.
    """

    box: Box
    size: float = 0.0
    least: float = 0.0
    two_lines: float = 0.0
    two_least: float = 0.0
    align: Align = Align.LEFT
    is_shown: bool = True

    @property
    def base(self) -> float:
        """The baseline in mm of a line in its normal size."""
        return baseline(self.box.middle, self.size)

    @property
    def smallest(self) -> float:
        """The smallest type that it may be set in."""
        return self.two_least or self.two_lines or self.least

    def style(self, face: Face, *, may_wrap: bool) -> Style:
        """Return how a value is set in this place."""
        if not (may_wrap and self.two_lines):
            return Style(face, self.size, self.least)
        return Style(face, self.size, self.least, self.two_lines, self.two_least or self.two_lines)

    @property
    def anchor(self) -> float:
        """Where in mm a line begins, has its middle or ends, as it is aligned."""
        ends = {Align.LEFT: self.box.x, Align.CENTRE: self.box.centre, Align.RIGHT: self.box.right}
        return ends[self.align]


@dataclass(frozen=True, slots=True)
class Lines:
    """The labelled lines: one below the other in their order, but for the facts with a place of their own.

    ``base`` is the baseline of one line and ``middle`` the middle of two, in mm from the top of a box;
    ``most`` is how many there may be. A fact in ``without`` is not printed.
    """

    label_x: float
    label_width: float
    label_size: float
    first: Box
    pitch: float
    base: float
    middle: float
    most: int
    size: float
    least: float
    two_lines: float
    two_least: float = 0.0
    underline: float = 0.0
    without: tuple[str, ...] = ()
    own: Mapping[str, Place] = field(default_factory=dict)

    def box(self, index: int) -> Box:
        return Box(self.first.x, self.first.y + index * self.pitch, self.first.width, self.first.height)

    def place(self, fact: str, index: int) -> Place:
        """Return where a fact stands that comes as the line of that index."""
        return self.own.get(fact) or self._set_in(self.box(index))

    def singled_out(self, fact: str, index: int) -> Place:
        """Return a place of its own for a fact that looks as its line did."""
        box = self.box(index)
        up = baseline(box.height / 2, self.size) - self.base
        moved = Box(box.x, round(box.y - up, 2), box.width, box.height)
        return self._set_in(moved)

    def _set_in(self, box: Box) -> Place:
        return Place(box, self.size, self.least, self.two_lines, self.two_least)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a layout: in which table, at which key, and what was expected there."""

    table: str
    key: str
    expected: str

    def __str__(self) -> str:
        return f"{label_of(self.table)}：{self.expected}"


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of one paper."""

    paper: str
    places: Mapping[str, Place]
    lines: Lines

    @property
    def sheet(self) -> Sheet:
        return PAPERS[self.paper][0]

    @property
    def code(self) -> Box:
        return self.places["code"].box

    def shows(self, name: str) -> bool:
        return self.places[name].is_shown

    def with_place(self, name: str, place: Place) -> "Layout":
        """Return the same layout with a field, or ``line.FACT``, in another place."""
        if name.startswith(LINE):
            own = {**self.lines.own, name.removeprefix(LINE): place}
            return replace(self, lines=replace(self.lines, own=own))
        return replace(self, places={**self.places, name: place})

    def without(self, fact: str, *, is_gone: bool) -> "Layout":
        """Return the same layout with a fact left out, or back in its line."""
        left = tuple(one for one in self.lines.without if one != fact)
        return replace(self, lines=replace(self.lines, without=(*left, fact) if is_gone else left))

    def smallest(self) -> tuple[str, float]:
        """Return the field that has the smallest type on this paper, and its size."""
        sizes = [(name, place.least) for name, place in self.places.items() if place.is_shown and place.least]
        lines = self.lines
        flow = lines.place("", 0)
        sizes.append(("lines", min(lines.label_size, lines.least, flow.smallest)))
        sizes += [(LINE + fact, place.smallest) for fact, place in lines.own.items()]
        return min(sizes, key=lambda one: one[1])

    def filled(self) -> Iterator[tuple[str, Box]]:
        """Yield what is filled in on a pre-printed paper too, and where; lines as many as there may be."""
        for name in ("number", "date", "code"):
            if name in self.places:
                yield name, self.places[name].box
        for index in range(self.lines.most):
            yield "lines", self.lines.box(index)
        for fact, place in self.lines.own.items():
            yield LINE + fact, place.box

    def faults(self) -> Iterator[Fault]:
        """Yield everything that must not be printed so, as the reader of the file finds it too."""
        for name, place in self.places.items():
            if FIELDS[name].is_mandatory and not place.is_shown:
                yield Fault(name, "shown", "这一项必须印，不能去掉")
            if place.is_shown:
                yield from self._misplaced(name, place.box)
                if name not in ("code", "rule"):
                    yield from _too_small(name, place)
        yield from self._faults_of_code()
        yield from self._faults_of_lines()
        yield from self._one_over_another()

    def _one_over_another(self) -> Iterator[Fault]:
        """Yield each field that stands over one before it; the lines count as one block with their labels."""
        lines, code = self.lines, "code"
        left = lines.first.x - lines.label_x
        boxes = [(name, place.box) for name, place in self.places.items() if place.is_shown and name != code]
        own = [
            (LINE + fact, Box(place.box.x - left, place.box.y, place.box.width + left, place.box.height))
            for fact, place in lines.own.items()
            if fact not in lines.without
        ]
        rows = lines.box(lines.most - 1).bottom - lines.first.y
        block = ("lines", Box(lines.label_x, lines.first.y, lines.first.width + left, rows))
        for one, other in (
            *combinations((*boxes, block), 2),  # a line of its own may stand where it left the block
            *product(boxes, own),
            *combinations(own, 2),
        ):
            if one[1].inset(APART / 2, APART / 2).meets(other[1].inset(APART / 2, APART / 2)):
                yield Fault(other[0], "x", f"和“{label_of(one[0])}”（{said_box(one[1])}）叠在一起，请移开")

    def _faults_of_code(self) -> Iterator[Fault]:
        box = self.code
        if box.width < LEAST_CODE or box.width != box.height:
            said = f"二维码应为正方形，边长不小于 {LEAST_CODE:g} 毫米，现为 {box.width:g}×{box.height:g}"
            yield Fault("code", "width", said)

    def _faults_of_lines(self) -> Iterator[Fault]:
        lines = self.lines
        if lines.pitch < GLYPH_HEIGHT * max(lines.size, lines.label_size) / MM:
            said = f"行距要大于 0、不小于字高（{lines.size:g} 磅），现为 {lines.pitch:g} 毫米，各行会叠在一起"
            yield Fault("lines", "pitch", said)
        elif lines.pitch < lines.first.height - APART:
            said = f"行距 {lines.pitch:g} 毫米比每行的高 {lines.first.height:g} 毫米小，各行会叠在一起"
            yield Fault("lines", "pitch", said)
        rows = Box(lines.first.x, lines.first.y, lines.first.width, lines.box(lines.most - 1).bottom)
        rows = replace(rows, height=rows.height - rows.y)
        yield from self._misplaced("lines", rows)
        if lines.label_x < 0 or lines.label_x + lines.label_width > lines.first.x:
            yield Fault("lines", "label_x", "行首的名称要排在纸内、内容的左边，不能压住内容")
        yield from _too_small("lines", lines.place("", 0))
        if lines.label_size < LEAST_SIZE:
            yield Fault("lines", "label_size", f"字号不能小于 {LEAST_SIZE:g} 磅")
        for fact in lines.without:
            if fact not in MAY_GO:
                said = f"“{FACTS.get(fact, fact)}”不能去掉；可以去掉：{'、'.join(MAY_GO)}"
                yield Fault("lines", "without", said)
        for fact, place in lines.own.items():
            left = lines.first.x - lines.label_x
            box = place.box
            with_label = Box(box.x - left, box.y, box.width + left, box.height)
            yield from self._misplaced(LINE + fact, with_label)
            yield from _too_small(LINE + fact, place)

    def _misplaced(self, table: str, box: Box) -> Iterator[Fault]:
        sheet, code = self.sheet, self.code
        if box.x < 0 or box.y < 0 or box.right > sheet.width or box.bottom > sheet.height:
            yield Fault(
                table, "x", f"超出纸边：纸宽 {sheet.width:g}、高 {sheet.height:g} 毫米，现为 {said_box(box)}"
            )
        else:
            edge = FRAMES[self.paper]
            inside = Box(edge, edge, sheet.width - 2 * edge, sheet.height - 2 * edge)
            if not inside.holds(box):
                yield Fault(
                    table, "x", f"压住了边框：边框里是{said_box(inside)}，现为{said_box(box)}，请移到里面"
                )
        if table != "code" and box.meets(code.inset(-CLEAR, -CLEAR)):
            yield Fault(table, "x", f"压住了二维码（{said_box(code)}），离它至少 {CLEAR:g} 毫米")


LINE = "line."
"""How the place of a fact is named: ``line.address``."""


def said_box(box: Box) -> str:
    """Say a box in words, all in mm."""
    return f"左 {box.x:g}、上 {box.y:g}、宽 {box.width:g}、高 {box.height:g}"


def label_of(name: str) -> str:
    """Return what a field, a line or all lines are called."""
    if name.startswith(LINE):
        fact = name.removeprefix(LINE)
        return FACTS.get(fact, fact)
    return FIELDS[name].label if name in FIELDS else "各行"


def _too_small(table: str, place: Place) -> Iterator[Fault]:
    if place.least < LEAST_SIZE:
        yield Fault(table, "least", f"最小字号不能小于 {LEAST_SIZE:g} 磅，现为 {place.least:g}")
    if place.size < place.least:
        yield Fault(table, "size", f"字号 {place.size:g} 比最小字号 {place.least:g} 还小")
    height = GLYPH_HEIGHT * place.size / MM
    if height > place.box.height + 0.1:
        said = f"字号 {place.size:g} 磅要高 {height:.1f} 毫米，框只高 {place.box.height:g} 毫米，请改一个"
        yield Fault(table, "size", said)
    if place.two_lines and place.smallest < LEAST_SIZE:
        key = "two_least" if place.two_least else "two_lines"
        yield Fault(table, key, f"两行时的字号不能小于 {LEAST_SIZE:g} 磅，现为 {place.smallest:g}")
    if place.two_least > place.two_lines:
        said = f"两行时的最小字号 {place.two_least:g} 比两行的字号 {place.two_lines:g} 还大"
        yield Fault(table, "two_least", said)

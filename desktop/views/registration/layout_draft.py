"""A layout under somebody's hands: its boxes by name, moved by tenths of a millimetre, and back again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop.services.papers.layouts import FIELDS, LINE, MAY_GO, Layout, Place

STEP_MM = 0.1
LEAST_MM = 2.0
SNAP_MM = 0.6
_MOST_STEPS = 200

Edges = tuple[float, float, float, float]
"""Left, top, width and height in mm."""


class LayoutDraft:
    """The layout as it is now, and what it was before; ``facts`` are the lines that the paper shows."""

    def __init__(self, layout: Layout, facts: Sequence[str] = ()) -> None:
        self.facts = tuple(facts)
        self._states = [layout]
        self._now = 0
        self._saved = layout

    @property
    def layout(self) -> Layout:
        return self._states[self._now]

    @property
    def is_changed(self) -> bool:
        return self.layout != self._saved

    @property
    def can_undo(self) -> bool:
        return self._now > 0

    @property
    def can_redo(self) -> bool:
        return self._now + 1 < len(self._states)

    def undo(self) -> None:
        self._now -= int(self.can_undo)

    def redo(self) -> None:
        self._now += int(self.can_redo)

    def take(self, layout: Layout) -> None:
        """Go on with another layout; what was undone before is forgotten."""
        if layout != self.layout:
            self._states = [*self._states[: self._now + 1], layout][-_MOST_STEPS:]
            self._now = len(self._states) - 1

    def names(self) -> tuple[str, ...]:
        """Return all fields of the paper: those that stand alone, then the lines."""
        return (*self.layout.places, *(LINE + fact for fact in self.facts))

    def places(self) -> Mapping[str, Place]:
        """Return where everything that is printed stands."""
        layout = self.layout
        shown = {name: place for name, place in layout.places.items() if place.is_shown}
        in_lines = [fact for fact in self.facts if fact not in layout.lines.without]
        return shown | {LINE + fact: layout.lines.place(fact, index) for index, fact in enumerate(in_lines)}

    def may_go(self, name: str) -> bool:
        """Tell whether a field may be left out."""
        if name.startswith(LINE):
            return name.removeprefix(LINE) in MAY_GO
        return not FIELDS[name].is_mandatory

    def show(self, name: str, *, is_shown: bool) -> None:
        """Print a field, or leave it out."""
        if name.startswith(LINE):
            self.take(self.layout.without(name.removeprefix(LINE), is_gone=not is_shown))
        else:
            place = replace(self.layout.places[name], is_shown=is_shown)
            self.take(self.layout.with_place(name, place))

    def own_place(self, name: str) -> Place:
        """Return the place of a field as it can be moved alone: a line is taken out of its row."""
        lines, fact = self.layout.lines, name.removeprefix(LINE)
        if not name.startswith(LINE) or fact in lines.own:
            return self.places()[name]
        in_lines = [one for one in self.facts if one not in lines.without]
        return lines.singled_out(fact, in_lines.index(fact))

    def put(self, name: str, **edges: float) -> None:
        """Change ``x``, ``y``, ``width`` or ``height`` of a field, in mm."""
        place = self.own_place(name)
        self.take(self.layout.with_place(name, replace(place, box=replace(place.box, **edges))))

    def set_type(self, name: str, **sizes: float) -> None:
        """Change ``size`` or ``least`` of a field, in points."""
        place = self.own_place(name)
        size, least = sizes.get("size", place.size), sizes.get("least", place.least)
        self.take(self.layout.with_place(name, replace(place, size=size, least=least)))

    def set_align(self, name: str, align: str) -> None:
        """Align a field left, centre or right."""
        place = self.own_place(name)
        self.take(self.layout.with_place(name, replace(place, align=type(place.align)(align))))

    def move(self, name: str, right: float, down: float) -> None:
        """Move a field by millimetres, on whole hundredths."""
        box = self.own_place(name).box
        self.put(name, x=round(box.x + right, 2), y=round(box.y + down, 2))

    def widen(self, name: str, wider: float, higher: float) -> None:
        """Make a field larger or smaller; the code stays a square, nothing becomes a line."""
        box = self.own_place(name).box
        if name == "code":
            wider = higher = wider or higher
        width = max(LEAST_MM, round(box.width + wider, 2))
        height = box.height if name == "rule" else max(LEAST_MM, round(box.height + higher, 2))
        self.put(name, width=width, height=height)

    def snapped(self, name: str, x: float, y: float) -> tuple[float, float, float | None, float | None]:
        """Return where a box that is dragged to x, y comes to rest, and the lines that it snapped to.

        It snaps to left edges, middles and right edges of other boxes and of the sheet, and to tops,
        middles and bottoms likewise; otherwise it stands on whole tenths.
        """
        place = self.own_place(name).box
        sheet = self.layout.sheet
        others = [place.box for other, place in self.places().items() if other != name]
        across = [sheet.width / 2, *(v for box in others for v in (box.x, box.centre, box.right))]
        down = [sheet.height / 2, *(v for box in others for v in (box.y, box.middle, box.bottom))]
        new_x, line_x = _snap(x, place.width, across)
        new_y, line_y = _snap(y, place.height, down)
        return new_x, new_y, line_x, line_y


def _snap(start: float, length: float, lines: Sequence[float]) -> tuple[float, float | None]:
    """Return the start of a stretch after snapping, and the line it snapped to."""
    nearest = min(
        (
            (abs(start + part - line), line - part, line)
            for part in (0.0, length / 2, length)
            for line in lines
        ),
        default=(SNAP_MM + 1, start, start),
    )
    distance, snapped, line = nearest
    return (round(snapped, 2), line) if distance <= SNAP_MM else (round(start, 1), None)

"""The chosen field of a layout in numbers: where it stands, how large its type is, whether it is printed."""

from decimal import Decimal

from PySide6.QtCore import Signal

from desktop.services.papers.layouts import FIELDS, LINE, label_of
from desktop.views.kit.arrange import Grow, box, column, row, rule
from desktop.views.kit.buttons import SmallButton
from desktop.views.kit.choices import CheckBox, Choice, ChoiceField
from desktop.views.kit.fields import NumberField
from desktop.views.kit.panels import Panel
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.words import Words
from desktop.views.registration.layout_draft import LayoutDraft

_EDGES = (("x", "左"), ("y", "上"), ("width", "宽"), ("height", "高"))
_TYPES = (("size", "字号"), ("least", "最小字号"))
_ALIGNS = (Choice("left", "靠左"), Choice("centre", "居中"), Choice("right", "靠右"))
_MOST_MM, _MOST_POINTS = 300, 72


class LayoutFields(Panel):
    """One field at a time, chosen from the list or on the page."""

    chosen = Signal(str)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__("字段", margins="none", ruled=True)
        self._draft: LayoutDraft | None = None
        self.name = ChoiceField("哪个字段", [Choice(name, label_of(name)) for name in FIELDS])
        self.is_shown = CheckBox("印这一项")
        self.numbers = {
            key: NumberField(label, unit="毫米", decimals=2, least=0, greatest=_MOST_MM, required=True)
            for key, label in _EDGES
        } | {
            key: NumberField(label, unit="磅", decimals=2, least=1, greatest=_MOST_POINTS, required=True)
            for key, label in _TYPES
        }
        self.align = ChoiceField("对齐", _ALIGNS)
        self.faults = Words("", role="danger", wraps=True)
        self.calibrate = SmallButton("校准页", "ruler")
        self.preprinted = CheckBox("只看套打内容")
        self.scan = SmallButton("垫底图", "image-up")
        self.scan_away = SmallButton("撤底图", "image-off")
        hint = Words(
            "拖动移位，拖右下角改大小。方向键移 0.1 毫米，"
            "加 Shift 移 1 毫米，加 Ctrl 改大小；PageDown 换字段。",
            size="type_caption",
            role="muted",
            wraps=True,
        )

        pairs = [self.numbers[key] for key, _ in (*_EDGES, *_TYPES)]
        body = column(
            self.name,
            self.is_shown,
            *(row(Grow(one), Grow(other)) for one, other in zip(pairs[::2], pairs[1::2], strict=True)),
            self.align,
            self.faults,
            hint,
            None,
            gap="small",
            margins="medium",
        )
        looking = row(self.calibrate, self.preprinted, None, gap="medium")
        foot = column(row(self.scan, self.scan_away, None), looking, margins="medium small")
        self.add(Grow(scrolling(body)), rule(), box(foot))

        self.name.changed.connect(self._name_chosen)
        self.is_shown.clicked.connect(self._tick_pressed)
        self.align.changed.connect(self._align_chosen)
        for field in self.numbers.values():
            field.left.connect(self._typed)
            field.next_asked.connect(self._typed)

    def show_draft(self, draft: LayoutDraft, name: str, *, may_change: bool) -> None:
        """Show a field of a draft as it is now."""
        self._draft = draft
        self.name.set_choices([Choice(one, label_of(one)) for one in draft.names()])
        self.name.set_value(name)
        place = draft.places().get(name)
        self.is_shown.setChecked(place is not None)
        self.is_shown.setEnabled(may_change and bool(name) and draft.may_go(name))
        has_type = place is not None and place.size > 0
        for key, field in self.numbers.items():
            is_edge = key in dict(_EDGES)
            field.setEnabled(may_change and place is not None and (is_edge or has_type))
            shown = getattr(place.box if is_edge else place, key) if place is not None else None
            field.set_value("" if shown is None or not (is_edge or has_type) else f"{shown:g}")
            field.clear_error()
        self.align.setEnabled(may_change and has_type)
        self.align.set_value(str(place.align) if place is not None and has_type else None)
        said = "；".join(str(fault) for fault in draft.layout.faults())
        self.faults.setText(f"这样还不能保存：{said}。" if said else "")
        self.faults.setVisible(bool(said))

    def _name_chosen(self) -> None:
        self.chosen.emit(self.name.value())

    def _tick_pressed(self) -> None:
        if self._draft is not None:
            self._draft.show(self.name.value(), is_shown=self.is_shown.isChecked())
            self.changed.emit()

    def _align_chosen(self) -> None:
        name = self.name.value()
        if self._draft is not None and name in self._draft.places() and self.align.value():
            self._draft.set_align(name, self.align.value())
            self.changed.emit()

    def _typed(self) -> None:
        """Take what stands in the number that was left; half a number stays at its field with its reason."""
        name = self.name.value()
        if self._draft is None or name not in self._draft.places():
            return
        place = self._draft.places()[name]
        for key, field in self.numbers.items():
            number = field.number() if field.isEnabled() else None
            before = getattr(place.box if key in dict(_EDGES) else place, key)
            if number is not None and number != Decimal(f"{before:g}"):
                self._put(name, key, float(number))
                return

    def _put(self, name: str, key: str, number: float) -> None:
        assert self._draft is not None
        if name == "code" and key in {"width", "height"}:
            self._draft.put(name, width=number, height=number)
        elif name.startswith(LINE) and key == "y":
            self._draft.move(name, 0.0, number - self._draft.places()[name].box.y)
        elif key in dict(_EDGES):
            self._draft.put(name, **{key: number})
        else:
            self._draft.set_type(name, **{key: number})
        self.changed.emit()

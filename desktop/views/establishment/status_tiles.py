"""The five dimensions of an establishment, side by side and never mixed."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.lifecycle import Disposition, PaperStatus, Route
from desktop.domain.next_step import OpenCase
from desktop.services.register.dossiers import Dossier
from desktop.views.kit.arrange import hold, row
from desktop.views.kit.chips import ChipText, paint_chip
from desktop.views.kit.drawing import painter_on, rounded, words
from desktop.views.kit.look import look, text_width, typeface
from desktop.views.kit.statuses import DISPOSITION, NO_FINDING, OPERATING, OVERDUE, PAPER, REGISTRATION, STAGE
from desktop.views.kit.tokens import Status

_UNDECIDED = ChipText("未分类", "layers", Status.NEUTRAL, is_quiet=True)


@dataclass(frozen=True, slots=True)
class TileText:
    """What one tile says: the dimension, its status, and a line more."""

    dimension: str
    chip: ChipText
    note: str


def tiles_of(dossier: Dossier, today: date) -> tuple[TileText, ...]:
    """Return the five tiles."""
    row_ = dossier.row
    surveyed = f"{row_.surveyed_on:%Y-%m-%d} 摸底" if row_.surveyed_on else "还没有摸底日期"
    registered = f"{dossier.registered_on:%Y-%m-%d} 发证" if dossier.registered_on else ""
    disposition = DISPOSITION[Disposition(dossier.disposition)] if dossier.disposition else _UNDECIDED
    route = Route(dossier.route)
    return (
        TileText("存续", OPERATING[row_.operating_status], surveyed),
        TileText("登记", REGISTRATION[row_.registration_status], registered),
        TileText("证卡", PAPER[row_.paper_status], _paper_note(dossier, today)),
        _rectification(dossier),
        TileText("分类", disposition, "" if route is Route.UNDECIDED else route.label),
    )


def _paper_note(dossier: Dossier, today: date) -> str:
    until = dossier.row.valid_until
    if dossier.row.paper_status is PaperStatus.NONE:
        stated = dossier.row.paper_number
        return f"自述有证：{stated}" if stated else "还没有发过"
    if until is None:
        return "长期有效"
    if until < today:
        return f"{until:%Y-%m-%d} 已到期"
    if dossier.row.paper_status is PaperStatus.EXPIRING:
        return f"剩 {(until - today).days} 天，可办延续"
    return f"有效期至 {until:%Y-%m-%d}"


def _rectification(dossier: Dossier) -> TileText:
    if not dossier.cases:
        return TileText("整改", NO_FINDING.saying("没有未销号的"), "")
    worst = min(dossier.cases, key=_due)
    late = next((case for case in dossier.cases if case.is_late), None)
    count = f"{len(dossier.cases)} 项"
    if late is not None:
        days = f" {late.workdays_late} 个工作日" if late.workdays_late else ""
        return TileText("整改", OVERDUE, f"{count}，逾期{days}")
    due = f"，{worst.due_on:%Y-%m-%d} 到期" if worst.due_on else ""
    return TileText("整改", STAGE[worst.stage], f"{count}{due}")


def _due(case: OpenCase) -> date:
    return case.due_on or date.max


class StatusTiles(QWidget):
    """Five tiles in a row; where the window is low they are one line each."""

    def __init__(self) -> None:
        super().__init__()
        self._tiles = [StatusTile() for _ in range(5)]

        self.setLayout(row(*self._tiles, gap="medium"))
        self.set_low(False)

    def show_texts(self, texts: tuple[TileText, ...]) -> None:
        for tile, text in zip(self._tiles, texts, strict=True):
            tile.show_text(text)

    def set_low(self, is_low: bool) -> None:
        """Take one line where the window is low."""
        for tile in self._tiles:
            tile.is_low = is_low
        hold(self, height="status_tile_low" if is_low else "status_tile")


class StatusTile(QWidget):
    """One dimension."""

    def __init__(self) -> None:
        super().__init__()
        self.is_low = False
        self._text: TileText | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_text(self, text: TileText) -> None:
        self._text = text
        self.setAccessibleName(f"{text.dimension}：{text.chip.word}。{text.note}")
        self.setToolTip(text.note if self.is_low else "")
        self.update()

    def sizeHint(self) -> QSize:
        at = look().at
        return QSize(at.column, at.status_tile_low)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        at = now.at
        painter = painter_on(self)
        area = self.rect().toRectF()
        rounded(
            painter,
            area,
            at.radius_panel,
            fill=now.colour("raised"),
            line=now.colour("border"),
            width=at.hair,
        )
        if self._text is None:
            painter.end()
            return
        inside = area.adjusted(at.medium, at.tiny, -at.tiny, -at.tiny)
        caption, body = typeface(at.type_caption), typeface(at.type_body)
        if self.is_low:
            words(painter, inside, self._text.dimension, now.colour("muted"), caption)
            lead = text_width(caption, self._text.dimension) + at.close
            paint_chip(painter, inside.adjusted(lead, 0, 0, 0), self._text.chip)
        else:
            line = inside.height() / 3
            for place in range(3):
                part = QRectF(inside.left(), inside.top() + place * line, inside.width(), line)
                if place == 1:
                    paint_chip(painter, part, self._text.chip)
                else:
                    text = self._text.note if place else self._text.dimension
                    words(painter, part, text, now.colour("muted"), body if place else caption)
        painter.end()

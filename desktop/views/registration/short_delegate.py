"""How a cell of a short list looks: words, chips, ticks, reasons and bars of time."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.views.kit.chips import ChipText, paint_chip
from desktop.views.kit.choices import paint_check
from desktop.views.kit.drawing import RIGHT, centred, rounded, words
from desktop.views.kit.icons import paint
from desktop.views.kit.look import look, text_width, typeface
from desktop.views.kit.tokens import Status
from desktop.views.registration.short_model import Gauge, Index, ShortModel, ShortRow, Told


class ShortDelegate(QStyledItemDelegate):
    """Draws the cells."""

    def __init__(self, view: QTableView, model: ShortModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now = look()
        at = now.at
        area = QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, now.colour("selection" if is_chosen else "hover"))
        painter.fillRect(
            QRectF(area.left(), area.bottom() - at.hair, area.width(), at.hair), now.colour("border")
        )
        if is_chosen and index.column() == 0:
            painter.fillRect(
                QRectF(area.left(), area.top(), at.bar, area.height()), now.colour("accent_text")
            )
        row = self._model.rows[index.row()]
        if self._model.has_ticks and index.column() == 0:
            spot = centred(area, area.left() + (area.width() - at.check) / 2, at.check, at.check)
            on = Qt.CheckState.Checked if row.id in self._model.ticked else Qt.CheckState.Unchecked
            paint_check(painter, spot, on, enabled=row.can_be_ticked)
        else:
            self._cell(painter, area.adjusted(at.small, 0, -at.small, -at.hair), index, row)
        if state & QStyle.StateFlag.State_HasFocus:
            half = at.frame / 2
            painter.setPen(QPen(now.colour("accent_text"), at.frame))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(half, half, -half, -half - at.hair))
        painter.restore()

    def _cell(self, painter: QPainter, area: QRectF, index: Index, row: ShortRow) -> None:
        now = look()
        at = now.at
        match self._model.cell(index):
            case ChipText() as chip:
                paint_chip(painter, area, chip)
            case Gauge() as gauge:
                _paint_gauge(painter, area, gauge)
            case Told() as told:
                paint(
                    painter,
                    told.icon,
                    told.status.value,
                    centred(area, area.left(), at.icon_chip, at.icon_chip),
                )
                text = area.adjusted(at.icon_chip + at.close, 0, 0, 0)
                words(painter, text, told.word, now.colour(told.status.value), typeface(at.type_body))
            case cell:
                one = self._model.columns[index.column() - self._model.has_ticks]
                is_faint = one.is_muted or not cell or not row.can_be_ticked
                face = typeface(at.type_body, strong=one.is_strong and row.can_be_ticked)
                words(painter, area, cell or "—", now.colour("muted" if is_faint else "text"), face)


def _paint_gauge(painter: QPainter, area: QRectF, gauge: Gauge) -> None:
    now = look()
    at = now.at
    face = typeface(at.type_body)
    note = text_width(face, gauge.note)
    said = at.icon_chip + at.tiny + text_width(face, gauge.word) + at.small + note
    left = area.left()
    # The words tell what the bar tells: where room is short, it goes first.
    if at.gauge + at.small + said <= area.width():
        left = _paint_bar(painter, area, gauge) + at.small
    colour = "text"
    if gauge.status in {Status.DANGER, Status.WARNING}:
        colour = gauge.status.value
        paint(painter, "alarm-clock", colour, centred(area, left, at.icon_chip, at.icon_chip))
        left += at.icon_chip + at.tiny
    words(
        painter,
        QRectF(left, area.top(), area.right() - left - note - at.tiny, area.height()),
        gauge.word,
        now.colour(colour),
        face,
    )
    words(painter, area, gauge.note, now.colour("muted"), face, RIGHT)


def _paint_bar(painter: QPainter, area: QRectF, gauge: Gauge) -> float:
    """Draw how much is used up, and return where the bar ends."""
    now = look()
    at = now.at
    role = {Status.DANGER: "danger", Status.WARNING: "bar_warning"}.get(gauge.status, "bar")
    track = centred(area, area.left(), at.gauge, at.progress)
    rounded(painter, track, at.frame, fill=now.colour("border"), line=None)
    done = QRectF(track)
    done.setWidth(track.width() * min(max(gauge.part, 0.0), 1.0))
    rounded(painter, done, at.frame, fill=now.colour(role), line=None)
    return track.right()

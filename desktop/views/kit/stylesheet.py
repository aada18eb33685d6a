"""The one stylesheet of the program, written from the tokens of a look."""

from functools import lru_cache
from string import Template

from PySide6.QtWidgets import QWidget

from desktop.views.kit.look import Look, look

# Kit pieces that need more than colour and line paint themselves; this sheet dresses Qt's own controls.
_SHEET = Template(
    """
QToolTip { background: $raised; color: $text; border: ${hair}px solid $border_control;
  padding: ${tiny}px ${small}px; }
QWidget#raised { background: $raised; }
QWidget#sunken { background: $sunken; }
QFrame#panel { background: $raised; border: ${hair}px solid $border; border-radius: ${radius_panel}px; }
QFrame#popover { background: $raised; border: ${hair}px solid $border_control;
  border-radius: ${radius_panel}px; }
QFrame#top_bar { background: $raised; border: none; border-bottom: ${hair}px solid $border; }
QFrame#rail { background: $sunken; border: none; border-right: ${hair}px solid $border; }
QFrame#strip { background: $sunken; border: none; border-top: ${hair}px solid $border; }
QFrame#rule { background: $border; border: none; max-height: ${hair}px; min-height: ${hair}px; }
QFrame#upright { background: $border; border: none; max-width: ${hair}px; min-width: ${hair}px; }

QAbstractScrollArea { background: transparent; border: none; }
QLineEdit, QPlainTextEdit, QComboBox {
  background: $raised; color: $text; border: ${hair}px solid $border_control; border-radius: ${radius}px;
  padding: 0 ${pad}px; font-size: ${type_field}px; selection-background-color: $selection;
  selection-color: $text; placeholder-text-color: $muted; }
QLineEdit, QComboBox { min-height: ${control_inner}px; max-height: ${control_inner}px; }
QPlainTextEdit { padding: ${tiny}px ${close}px; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {
  border: ${frame}px solid $accent_text; padding: 0 ${pad_focus}px; }
QPlainTextEdit:focus { padding: ${close3}px ${close5}px; }
QLineEdit:focus, QComboBox:focus { min-height: ${control_focus}px; max-height: ${control_focus}px; }
QLineEdit[state="error"], QPlainTextEdit[state="error"], QComboBox[state="error"] {
  border: ${hair}px solid $danger; }
QLineEdit[state="error"]:focus, QPlainTextEdit[state="error"]:focus, QComboBox[state="error"]:focus {
  border: ${frame}px solid $danger; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {
  background: $neutral_tint; color: $muted; border-color: $border; }
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] { background: $surface; border-color: $border; }
QLineEdit[fit="small"], QComboBox[fit="small"] { font-size: ${type_body}px;
  min-height: ${small_inner}px; max-height: ${small_inner}px; }
QLineEdit[fit="small"]:focus, QComboBox[fit="small"]:focus {
  min-height: ${small_focus}px; max-height: ${small_focus}px; }
QLineEdit[fit="cell"], QComboBox[fit="cell"] { font-size: ${type_body}px; padding: 0 ${tiny}px;
  min-height: ${cell_inner}px; max-height: ${cell_inner}px; }
QLineEdit[fit="cell"]:focus, QComboBox[fit="cell"]:focus { padding: 0 ${bar}px;
  min-height: ${cell_focus}px; max-height: ${cell_focus}px; }
QLineEdit[fit="bare"] { background: transparent; border: none; padding: 0; font-size: ${type_body}px; }
QLineEdit[fit="bare"]:focus { border: none; padding: 0; }
QLineEdit[fit="choice"], QLineEdit[fit="choice_small"] { background: transparent; border: none; padding: 0;
  min-height: 0; max-height: ${control}px; }
QLineEdit[fit="choice_small"] { font-size: ${type_body}px; }
QLineEdit[fit="choice"]:focus, QLineEdit[fit="choice_small"]:focus { border: none; padding: 0;
  min-height: 0; max-height: ${control}px; }
QLineEdit[fit="choice"]:disabled, QLineEdit[fit="choice_small"]:disabled { background: transparent; }
QComboBox::drop-down { border: none; width: ${wide}px; }
QComboBox::down-arrow { image: none; width: 0; height: 0; }
QComboBox QAbstractItemView { background: $raised; border: ${hair}px solid $border_control; outline: none;
  padding: ${tiny}px; selection-background-color: $selection; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: ${control_small}px; padding: 0 ${close}px; }

QComboBox QAbstractItemView::item:selected { background: $selection; color: $text; border: none;
  border-radius: ${radius_check}px; }

QCheckBox, QRadioButton { spacing: ${small}px; font-size: ${type_body}px; min-height: ${control_small}px;
  background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: $muted; }

QScrollArea > QWidget > QWidget#scrolled { background: transparent; }
QTableView, QListView, QTreeView { background: $raised; border: none; gridline-color: $border; outline: none;
  selection-background-color: $selection; selection-color: $text; font-size: ${type_body}px; }
QHeaderView { background: $sunken; border: none; }
QHeaderView::section { background: $sunken; color: $text; border: none; font-weight: 700;
  border-right: ${hair}px solid $border; border-bottom: ${hair}px solid $border; padding: 0 ${small}px; }
QTableCornerButton::section { background: $sunken; border: none; }

QAbstractScrollArea::corner { background: transparent; border: none; }

QScrollBar:vertical { background: transparent; width: ${scroll}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${scroll}px; margin: 0; }
QScrollBar::handle { background: $border_control; border-radius: ${bar}px; margin: ${bar}px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::handle:vertical { min-height: ${control}px; }
QScrollBar::handle:horizontal { min-width: ${control}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: $raised; border: ${hair}px solid $border_control; padding: ${tiny}px; }
QMenu::item { padding: ${close}px ${wide}px ${close}px ${medium}px; border-radius: ${radius}px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: ${hair}px; background: $border; margin: ${tiny}px; }
QSplitter::handle { background: transparent; }
"""
)


def wear(window: QWidget) -> None:
    """Dress a window, and so everything in it, in the stylesheet of the look in force.

    The sheet lies on each window and not on the application: below an application's sheet every piece
    that is put into another hands its style down anew to all that is in it, and a page took half as long
    again to build.
    """
    window.setStyleSheet(stylesheet(look()))


@lru_cache(maxsize=16)
def stylesheet(look: Look) -> str:
    """Return the stylesheet of a look."""
    at = look.at
    words: dict[str, str | int] = dict(at._asdict())
    colours = look.colours
    words |= {
        name: colours.named(name) for name in (*colours.__dataclass_fields__, "disabled") if name != "bar"
    }
    # Qt's box model adds the border to min-height, so that each height is written without its border;
    # a focused field trades padding for its thicker frame and its text does not move.
    frames = {"": at.hair, "focus": at.frame}
    words |= {
        "pad": at.small + at.hair,
        "pad_focus": at.small,
        "close3": at.tiny - at.hair,
        "close5": at.close - at.hair,
        "control_inner": at.control - 2 * frames[""],
        "control_focus": at.control - 2 * frames["focus"],
        "small_inner": at.control_small - 2 * frames[""],
        "small_focus": at.control_small - 2 * frames["focus"],
        "cell_inner": at.control_cell - 2 * frames[""],
        "cell_focus": at.control_cell - 2 * frames["focus"],
        "scroll": at.medium,
        "bar": at.bar,
    }
    return _SHEET.substitute(words)

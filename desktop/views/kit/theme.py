"""The look of the whole window: fonts, palette, stylesheet, zoom and Qt's Chinese words."""

from pathlib import Path

from PySide6.QtCore import QDir, QLibraryInfo, QObject, QTranslator, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from desktop.views.kit.arrange import rescale
from desktop.views.kit.focus import FocusWatch
from desktop.views.kit.icons import SEARCH_PREFIX
from desktop.views.kit.look import Look, look_for
from desktop.views.kit.stylesheet import wear
from desktop.views.kit.tokens import FONT_FILES, RARE_FONT_FILES, SANS, ZOOM_STEPS


class Theme(QObject):
    """What the window looks like; ``apply`` dresses an application and everything in it."""

    changed = Signal()

    def __init__(self, *, fonts: Path, icons: Path, zoom: float = ZOOM_STEPS[0], dark: bool = False) -> None:
        super().__init__()
        self.zoom = _nearest_step(zoom)
        self.is_dark = dark
        self._fonts = fonts
        self._icons = icons
        self._families: list[str] = []
        self._app: QApplication | None = None
        self._translator = QTranslator(self)
        self._focus: FocusWatch | None = None

    @property
    def look(self) -> Look:
        return look_for(self.zoom, self.is_dark)

    def apply(self, app: QApplication) -> None:
        """Dress the application: once at the start; later changes follow by themselves."""
        self._app = app
        app.setStyle("Fusion")
        QDir.setSearchPaths(SEARCH_PREFIX, [str(self._icons)])
        # Rare characters (𠮷) come from the later files; registering them costs no memory until one is drawn.
        self._families = [SANS, *self._load(FONT_FILES + RARE_FONT_FILES)]
        if self._translator.load(
            "qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        ):
            app.installTranslator(self._translator)
        self._focus = FocusWatch(app)
        self._dress()

    def zoom_in(self) -> None:
        self.set_zoom(ZOOM_STEPS[min(ZOOM_STEPS.index(self.zoom) + 1, len(ZOOM_STEPS) - 1)])

    def zoom_out(self) -> None:
        self.set_zoom(ZOOM_STEPS[max(ZOOM_STEPS.index(self.zoom) - 1, 0)])

    def zoom_reset(self) -> None:
        self.set_zoom(ZOOM_STEPS[0])

    def set_zoom(self, zoom: float) -> None:
        if _nearest_step(zoom) != self.zoom:
            self.zoom = _nearest_step(zoom)
            self._dress()

    def set_dark(self, dark: bool) -> None:
        if dark != self.is_dark:
            self.is_dark = dark
            self._dress()

    def _load(self, names: tuple[str, ...]) -> list[str]:
        """Return the families of the files that are there; a missing font shows boxes, not a crash."""
        families: list[str] = []
        for name in names:
            path = self._fonts / name
            if path.exists():
                families += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))
        return list(dict.fromkeys(families))

    def _dress(self) -> None:
        if self._app is None:
            return
        font = QFont()
        font.setFamilies(list(dict.fromkeys(self._families)))
        font.setPixelSize(self.look.at.type_body)
        font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
        self._app.setFont(font)
        self._app.setPalette(palette(self.look))
        for window in self._app.topLevelWidgets():
            if window.styleSheet():
                wear(window)
            rescale(window)
        self.changed.emit()


def palette(look: Look) -> QPalette:
    """Return the palette of a look; the stylesheet does the rest."""
    colours = look.colours
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.surface,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.raised,
        QPalette.ColorRole.AlternateBase: colours.sunken,
        QPalette.ColorRole.ToolTipBase: colours.raised,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.Button: colours.raised,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.BrightText: colours.on_accent,
        QPalette.ColorRole.Link: colours.accent_text,
        QPalette.ColorRole.LinkVisited: colours.accent_text,
        QPalette.ColorRole.Highlight: colours.selection,
        QPalette.ColorRole.HighlightedText: colours.text,
        QPalette.ColorRole.Light: colours.raised,
        QPalette.ColorRole.Midlight: colours.hover,
        QPalette.ColorRole.Mid: colours.border,
        QPalette.ColorRole.Dark: colours.border_control,
        QPalette.ColorRole.Shadow: colours.border,
        QPalette.ColorRole.Accent: colours.accent,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.disabled))
    return made


def _nearest_step(zoom: float) -> float:
    return min(ZOOM_STEPS, key=lambda step: abs(step - zoom))

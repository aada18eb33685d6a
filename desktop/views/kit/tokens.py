"""Every colour and every measure of the window, as data; nothing else in the program names a pixel."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """What a colour may mean; it never stands without an icon or a word beside it."""

    DANGER = "danger"
    WARNING = "warning"
    SUCCESS = "success"
    INFO = "info"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class StatusColours:
    """The colours of one status: its words and icons, its fill and the line around the fill."""

    text: str
    tint: str
    line: str


@dataclass(frozen=True, slots=True)
class Colours:
    """The colour roles of one look."""

    surface: str
    raised: str
    sunken: str
    hover: str
    border: str
    border_control: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_hover: str
    accent_text: str
    accent_tint: str
    selection: str
    neutral_tint: str
    bar: str
    bar_warning: str
    danger: StatusColours
    warning: StatusColours
    success: StatusColours
    info: StatusColours

    @property
    def disabled(self) -> str:
        return self.border_control

    @property
    def neutral(self) -> StatusColours:
        return StatusColours(self.muted, self.neutral_tint, self.border)

    def status(self, status: Status) -> StatusColours:
        """Return the three colours of a status."""
        found = getattr(self, status.value)
        assert isinstance(found, StatusColours)
        return found

    def named(self, role: str) -> str:
        """Return the colour of a role; for a status, the colour of its words."""
        found = getattr(self, role)
        return found.text if isinstance(found, StatusColours) else str(found)


LIGHT = Colours(
    surface="#F3F5F6",
    raised="#FFFFFF",
    sunken="#E9EDEF",
    hover="#EEF2F4",
    border="#D6DCE0",
    border_control="#7F8B93",
    text="#1A2226",
    muted="#54616A",
    accent="#1D5A9E",
    on_accent="#FFFFFF",
    accent_hover="#174B85",
    accent_text="#1D5A9E",
    accent_tint="#E6EFF9",
    selection="#D7E6F7",
    neutral_tint="#EBEFF1",
    bar="#6E96C4",
    bar_warning="#C98A1B",
    danger=StatusColours("#A8221B", "#FCEBE9", "#EBBDB8"),
    warning=StatusColours("#7C4F00", "#FDF2D8", "#E6CD93"),
    success=StatusColours("#1B6A3C", "#E5F3E9", "#B4D8BF"),
    info=StatusColours("#0E6472", "#E1F1F4", "#ABD5DC"),
)

DARK = Colours(
    surface="#1A1E21",
    raised="#23292D",
    sunken="#15181B",
    hover="#2A3136",
    border="#384148",
    border_control="#73808A",
    text="#E7ECEF",
    muted="#A6B2BA",
    accent="#2F6DB8",
    on_accent="#FFFFFF",
    accent_hover="#3B7BC8",
    accent_text="#86B8F2",
    accent_tint="#20344A",
    selection="#28425F",
    neutral_tint="#2E363B",
    bar="#5F93CF",
    bar_warning="#D9A441",
    danger=StatusColours("#FF9F95", "#43241F", "#703A33"),
    warning=StatusColours("#EFC469", "#3C3115", "#665423"),
    success=StatusColours("#86D19D", "#1D3827", "#33603F"),
    info=StatusColours("#7FCBD8", "#17363C", "#2A5C65"),
)


class Measures(NamedTuple):
    """Lengths in logical pixels at 100 %; the zoom of the window multiplies all of them.

    Of so many fields Python makes a named tuple four times sooner than a data class.
    """

    none: int = 0
    hair: int = 1
    frame: int = 2
    bar: int = 3
    tiny: int = 4
    close: int = 6
    small: int = 8
    medium: int = 12
    large: int = 16
    wide: int = 24

    type_caption: int = 12
    type_body: int = 13
    type_field: int = 14
    type_record: int = 15
    type_title: int = 18
    type_number: int = 28

    radius: int = 4
    radius_panel: int = 6
    radius_check: int = 3

    icon_chip: int = 14
    icon: int = 16
    icon_rail: int = 18
    icon_large: int = 32

    control: int = 32
    control_small: int = 26
    control_cell: int = 24
    check: int = 16
    chip: int = 22
    key: int = 20
    tab: int = 36
    banner: int = 36
    field_least: int = 120
    text_area: int = 72
    badge: int = 18
    avatar: int = 26

    top_bar: int = 48
    rail: int = 128
    rail_narrow: int = 72
    rail_item: int = 40
    rail_item_narrow: int = 52
    narrow_below: int = 1024
    dossier_narrow_below: int = 1000
    status_strip: int = 26
    page_head: int = 52
    panel_head: int = 40
    search: int = 440
    search_list: int = 560
    search_row: int = 44

    header: int = 34
    filter_row: int = 32
    row_register: int = 32
    row_grid: int = 28
    row_report: int = 29
    row_list: int = 48
    table_footer: int = 32
    column: int = 112
    column_least: int = 48

    tile: int = 84
    tile_least: int = 150
    progress: int = 6
    progress_least: int = 120
    side_pane: int = 308
    short_list: int = 132
    form_pane: int = 480
    pane_needs: int = 560
    section_list: int = 172
    grid_status: int = 96
    sample_pane: int = 312
    print_list: int = 228
    print_settings: int = 244
    low_below: int = 420
    facts_pane: int = 288
    facts_label: int = 84
    photos_pane: int = 280
    photo: int = 112
    photo_height: int = 72
    status_tile: int = 76
    status_tile_low: int = 36
    gauge: int = 56
    tick_column: int = 34
    list_least: int = 180
    chooser: int = 300
    chooser_height: int = 420
    text_line: int = 560
    timeline_date: int = 76
    timeline_mark: int = 24
    shortcut_key: int = 140
    drop_area: int = 132
    sheet_list: int = 320
    sign_in: int = 400
    first_start: int = 640

    def scaled(self, zoom: float) -> "Measures":
        """Return the same measures at a zoom; a line that is there at 100 % never vanishes."""
        return Measures(*(_scaled(name, value, zoom) for name, value in self._asdict().items()))


def _scaled(name: str, pixels: int, zoom: float) -> int:
    if name in {"hair", "frame"}:
        # Lines stay crisp: they grow only when a whole pixel more is due.
        return max(pixels, int(pixels * zoom))
    return round(pixels * zoom)


ZOOM_STEPS = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
BODY_SIZES = tuple(round(Measures().type_body * zoom) for zoom in ZOOM_STEPS)
"""The body size of each step; all differ, so that the font a widget inherits tells the zoom."""

WEIGHT_NORMAL = 400
WEIGHT_STRONG = 700

SANS = "Noto Sans SC"
FONT_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
RARE_FONT_FILES = ("LXGWWenKai-Regular.ttf", "HanaMinB.ttf", "BabelStoneHan.ttf")

"""The frame of the window as it was seen and found good: light, dark, at 150 %, with the search open."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt

from desktop.views.kit.arrange import Grow, box, column, hold, row
from desktop.views.kit.buttons import Button, PrimaryButton
from desktop.views.kit.chips import ChipText
from desktop.views.kit.table import PagedTable
from desktop.views.kit.table_source import Column, Query, TableRow
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.shell.search_hit import SearchHit
from desktop.views.shell.top_bar import Identity
from desktop.views.shell.window import MainWindow

PLACES = (
    ("workbench", "工作台", "layout-dashboard"),
    ("survey", "摸底调查", "clipboard-list"),
    ("dossier", "一户一档", "folder-open"),
    ("registration", "登记发证", "badge-check"),
    ("rectification", "整改销号", "list-checks"),
    ("exchange", "数据交换", "arrow-left-right"),
    ("statistics", "统计报表", "chart-column"),
)
COLUMNS = (
    Column("number", "档案编号", 6, is_muted=True),
    Column("name", "名称", 9),
    Column("kind", "类别", 5, choices=(("stall", "小摊贩"),)),
    Column("operator", "经营者", 5),
    Column("registration", "登记状态", 10),
    Column("rectification", "整改", 8),
)
STATES = (
    ChipText("已登记", "circle-check", Status.SUCCESS, True),
    ChipText("待补正", "file-pen", Status.WARNING),
    ChipText("不具备条件", "circle-x", Status.DANGER),
)
NAMES = ("沙湖豆腐坊", "沙湖东坊大饼", "沙湖阿婆豆腐坊", "钱龚𠮷馄饨店")


class Village:
    """The register of one village."""

    def count(self, query: Query) -> int:
        return 118

    def page(self, query: Query, offset: int, limit: int) -> Sequence[TableRow]:
        return [self._row(number) for number in range(offset, min(offset + limit, 118))]

    def _row(self, number: int) -> TableRow:
        waiting = ChipText("待复查", "eye", Status.INFO) if number % 4 == 0 else None
        name = NAMES[number % len(NAMES)]
        return TableRow(number, (f"100-{number:04}", name, "小摊贩", "蒋秀珍", STATES[number % 3], waiting))


def find(text: str) -> Sequence[SearchHit]:
    marks = frozenset({0, 1, 2, 3})
    return (
        SearchHit(1, NAMES[0], "100-0117 · 食品小作坊 · 沙湖村 · 丁桂芳", "factory", STATES[1], marks),
        SearchHit(2, NAMES[1], "100-0118 · 食品小摊贩 · 沙湖村 · 顾来娣", "shopping-cart", STATES[0], marks),
        SearchHit("new", "新建摸底，名称填“shdf”", "录入一户新的", "plus", section="办理", key="Ctrl+N"),
    )


@pytest.fixture
def make(theme, jobs, remembered, qtbot):
    def make(zoom: float, *, dark: bool) -> MainWindow:
        theme.set_zoom(zoom)
        theme.set_dark(dark)
        identity = Identity("金城镇", "周敏", "镇食安办", "江苏·常州·金坛（2018）规则包", is_demo=True)
        window = MainWindow(theme, identity, find, jobs)
        table = PagedTable("survey", COLUMNS, Village(), jobs, remembered, unit="户", has_ticks=True)
        words = (Words("摸底调查", size="type_title", strong=True), Words("共 685 户", role="muted"))
        buttons = (
            Button("从表格导入", "file-spreadsheet"),
            PrimaryButton("新建摸底", "plus", shortcut="Ctrl+N"),
        )
        head = hold(box(row(*words, None, *buttons)), height="page_head")
        page = box(column(head, Grow(table), gap="none"))
        for key, title, icon in PLACES:
            window.add_place(key, title, icon, lambda: page)
        window.set_badge("rectification", "7")
        window.strip.say_saved("全部已保存 10:42")
        window.strip.say_count("本机 685 户")
        window.strip.say_backup("上次备份 9 天前", is_late=True)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        with qtbot.waitSignal(table.loaded):
            window.go("survey")
            table.ask(Query(sort="number"))
        return window

    return make


@pytest.mark.parametrize(
    ("name", "zoom", "dark"), [("frame-light", 1.0, False), ("frame-dark-150", 1.5, True)]
)
def test_the_frame_looks_as_it_was_seen(make, golden_picture, name: str, zoom: float, dark: bool) -> None:
    golden_picture(make(zoom, dark=dark), name, 1366, 768)


def test_the_search_looks_as_it_was_seen(make, golden_picture, qtbot) -> None:
    window = make(1.0, dark=False)
    window.activateWindow()

    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    window.place_search.line.setText("shdf")
    qtbot.waitUntil(window.place_search.hits.isVisible)

    golden_picture(window.place_search.hits, "frame-search", 560, 240)

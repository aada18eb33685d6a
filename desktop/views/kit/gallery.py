"""Every piece of the kit on one sheet, for pictures and for looking at."""

from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.views.kit import statuses
from desktop.views.kit.arrange import Grow, box, column, grid, row
from desktop.views.kit.buttons import Button, IconButton, LinkButton, PrimaryButton, SmallButton
from desktop.views.kit.chips import Chip
from desktop.views.kit.choices import Choice, ChoiceField, MultiChoiceField, Segmented, YesNoField
from desktop.views.kit.fields import DateField, NumberField, TextAreaField, TextField
from desktop.views.kit.flow import FlowLayout
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.panels import Banner, EmptyState, NextStep, PageHead, Panel, Tile, page
from desktop.views.kit.progress import Bar, ProgressStrip
from desktop.views.kit.search_field import SearchField
from desktop.views.kit.tabs import TabRow, TabText
from desktop.views.kit.timeline import Event, Timeline
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words


class Gallery(QWidget):
    """The sheet; it does nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("surface")
        head = PageHead(
            "部件一览",
            Button("打印今日清单", "printer"),
            PrimaryButton("新建摸底", "plus", shortcut="Ctrl+N"),
            subtitle="每个部件一处，换字号、换深浅都看这里",
        )
        left = column(self._chips(), Grow(self._form()), gap="medium")
        right = column(self._lists(), Grow(self._happened()), gap="medium")
        halves = row(Grow(left), Grow(right), gap="medium")

        sheet = page(head, self._tiles(), self._banners(), Grow(halves))
        self.setLayout(column(sheet, margins="large none large large"))

    def _tiles(self) -> QWidget:
        told = (
            ("逾期未改", "alarm-clock", Status.DANGER, 7, "最长 11 个工作日"),
            ("三个工作日内到期", "clock", Status.WARNING, 12, "今天 3 项"),
            ("待复查", "eye", Status.INFO, 5, "已约定 4 项"),
            ("可成批登记", "circle-check", Status.SUCCESS, 23, "摊贩 18 户"),
            ("本月未报村", "inbox", Status.NEUTRAL, 3, "共 8 个村（社区）"),
        )
        tiles = [Tile(title, icon, status) for title, icon, status, _, _ in told]
        for tile, (_, _, _, number, note) in zip(tiles, told, strict=True):
            tile.show_number(number, note)
        return box(row(*tiles, gap="medium"))

    def _banners(self) -> QWidget:
        undo = SmallButton("撤销贴入", "undo-2", shortcut="Ctrl+Z")
        pasted = Banner(Status.INFO, "已从表格贴入 14 行 7 列：11 行可存，2 行要改，1 行疑似重复。", undo)
        warned = Banner(Status.WARNING, "U 盘上的备份已经是 9 天前的了，请插上再备份一次。")
        refused = Banner(Status.DANGER, "没有保存：磁盘已满。请腾出空间后再按“保存”，刚才填的都还在。")
        step = NextStep(
            "业主已报改，请在 6月15日（周一）前安排两人复查。",
            PrimaryButton("安排复查", "eye", shortcut="Ctrl+Enter"),
        )
        return box(column(row(Grow(pasted), Grow(warned)), row(Grow(refused), Grow(step))))

    def _chips(self) -> Panel:
        panel = Panel("状态", note="颜色、图标、文字，三样都有")
        flow = FlowLayout(gap="medium", line_gap="close")
        for chips in (
            statuses.OPERATING,
            statuses.REGISTRATION,
            statuses.PAPER,
            statuses.STAGE,
            statuses.DISPOSITION,
        ):
            for chip in chips.values():
                flow.addWidget(Chip(chip))
        panel.add(flow)
        return panel

    def _form(self) -> Panel:
        panel = Panel("经营者", SmallButton("上一户", "chevron-left"), SmallButton("下一户", "chevron-right"))
        form = FormGrid()
        name = TextField("姓名", most=40, required=True)
        name.set_value("钱龚𠮷")
        number = TextField("证件号码", required=True, digits=True)
        number.set_value("320413197803126939")
        number.show_error("最后一位对不上，多半抄错了一位。前 17 位：1978-03-12，男。")
        trade = ChoiceField("证件类型", [Choice(c, w) for c, w in _PAPERS], required=True)
        trade.set_value("id")
        home = ChoiceField("户籍", [Choice("here", "本地"), Choice("away", "外地")])
        home.set_value("here")
        day = DateField("调查日期", date.fromisoformat, today=_a_friday, hint="2018.4.3、20180403 都认得")
        area = NumberField("经营面积", unit="㎡", decimals=2)
        area.set_value("46.50")
        cold = YesNoField("有无冷藏设施", words=("有", "无"))
        food = MultiChoiceField(
            "经营品种", [Choice(w, w) for w in ("豆制品", "糕点", "熟食卤味", "粉丝汤", "大饼油条")]
        )
        food.set_values(["豆制品", "糕点"])
        note = TextAreaField("备注", lines=2)
        form.add(name, trade)
        form.add(number, wide=True)
        form.add(day, area, home, cold)
        form.add(food, note, wide=True)
        panel.add(form, None)
        return panel

    def _lists(self) -> Panel:
        panel = Panel("筛选", LinkButton("全部清除"))
        tabs = TabRow([TabText("open", "申请办理"), TabText("able", "可登记"), TabText("papers", "证卡")])
        tabs.set_count("open", 25)
        tabs.set_count("able", 23)
        mine = Segmented([Choice("mine", "我经办的"), Choice("all", "全办")], small=True)
        mine.set_value("mine")
        views = Segmented([Choice("form", "表单", "file-text"), Choice("grid", "网格", "table-2")])
        views.set_value("grid")
        work = ProgressStrip("正在排版")
        work.step(41, 67, "登记卡，白塔村")
        buttons = row(
            Button("更多", "chevron-down", icon_after=True),
            IconButton("上一页", "chevron-left"),
            Button("不能按", "ban"),
            None,
        )
        panel.add(
            tabs, row(SearchField("店名、姓名、证号", key="Ctrl+K"), views, mine), work, buttons, self._bars()
        )
        return panel

    def _bars(self) -> QWidget:
        lines = grid(gap="small")
        for place, (village, part, whole) in enumerate(
            (("培丰村", 44, 47), ("冯庄社区", 118, 142), ("方边村", 41, 58))
        ):
            bar = Bar()
            share = part / whole
            bar.show_part(share, target=0.85, role="bar" if share >= 0.75 else "bar_warning")
            for column_place, piece in enumerate(
                (Words(village), bar, Words(f"{part} / {whole}"), Words(f"{share:.1%}"))
            ):
                lines.addWidget(piece, place, column_place)
        return box(lines)

    def _happened(self) -> Panel:
        panel = Panel("经过", note="全部 23 条")
        line = Timeline()
        line.show_events(
            [
                Event(
                    "06-10",
                    "flag",
                    "业主报改",
                    "送来投料记录本，5 月 20 日后已补齐，附照片 2 张。",
                    "蒋秀珍 报，周敏 登记",
                    Status.INFO,
                ),
                Event(
                    "05-29",
                    "file-text",
                    "出具隐患整改告知书",
                    "〔2026〕31号，限 6月15日前改正，直接送达。",
                    "周敏",
                    Status.WARNING,
                    "n31",
                    "看文书",
                ),
                Event(
                    "2023-07-09", "badge-check", "领取食品小作坊登记证", "", "区市场监管局", Status.SUCCESS
                ),
            ]
        )
        empty = EmptyState(
            "camera",
            "还没有照片",
            explanation="门头、加工间、登记证公示各拍一张，以后对照用。",
            step="加照片",
        )
        panel.add(line, Grow(empty))
        return panel


_PAPERS = (("id", "居民身份证"), ("passport", "护照"), ("hk", "港澳通行证"), ("other", "其他证件"))


def _a_friday() -> date:
    return date(2026, 6, 12)

"""The pane for pre-printed blanks: what is in stock, deliveries, and sheets that were spoilt."""

from desktop.domain.dates import read_date
from desktop.services.numbers.blanks import StockRow
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import hold
from desktop.views.kit.choices import Choice, ChoiceField
from desktop.views.kit.fields import DateField, TextField
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.do_pane import DoPane, Work
from desktop.views.registration.short_model import ShortColumn, ShortRow
from desktop.views.registration.short_table import ShortTable

_NOTHING = "套打时在打印设置里填流水号，会自己记下；这里入库，或补记损坏、已用的。"
RECEIVE, SPOIL, USE = "receive", "spoil", "use"
_WHAT = (Choice(RECEIVE, "入库"), Choice(SPOIL, "损坏"), Choice(USE, "已用"))
_STOCK = (
    ShortColumn("流水号", 9, is_strong=True, grows=True),
    ShortColumn("剩", 4),
)


class BlanksPane(DoPane):
    """Each printed serial is used once: on a paper, or spoilt with its reason."""

    def __init__(self, desk: RegistrationDesk) -> None:
        super().__init__(desk, "入库")
        trades = [Choice(trade.code, trade.short_label) for trade in desk.profile.trades]
        self._rows: dict[int, StockRow] = {}
        self.stock = ShortTable("空白证", _STOCK)
        self.what = ChoiceField("办什么", _WHAT, required=True)
        self.kind = ChoiceField("证卡", trades, required=True)
        self.first = TextField("流水号，从", most=32, required=True)
        self.last = TextField("到", most=32, hint="只有一张的空着")
        self.number = TextField("证卡编号", most=40, hint="为哪张证卡坏的；没有就空着")
        self.used_for = TextField("印在上面的证卡编号", most=40, required=True)
        self.reason = TextField("原因", most=60, required=True)
        self.day = DateField("日期", read_date, today=desk.clock.today, required=True)

        self.title.setText("空白证")
        self.facts.setText(_NOTHING)
        self.stock.set_empty("还没有入库。")
        self.form.add(self.what, self.kind, self.first, self.last, self.number, self.used_for, wide=True)
        self.form.add(self.reason, self.day, wide=True)
        self.arrange_pane(hold(self.stock, height="short_list"))
        self.what.set_value(RECEIVE)
        self.finished()

        self.what.changed.connect(self._what_chosen)
        self.stock.selected.connect(self._lot_chosen)

    def refresh(self) -> None:
        """Ask what is in stock."""
        desk = self.desk

        def ask(progress: Progress) -> tuple[StockRow, ...]:
            return desk.blanks.stock(by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._counted, failed=self._not_counted)

    def work(self) -> Work | None:
        day = self.day.day()
        if not self.demand(self.kind, self.first, self.used_for, self.reason, self.day) or day is None:
            return None
        desk, what = self.desk, self.what.value()
        first, last = self.first.value(), self.last.value()
        kind, number, reason = self.kind.value(), self.number.value(), self.reason.value()
        used_for = self.used_for.value()

        def do() -> str:
            if what == RECEIVE:
                desk.blanks.receive(kind, first, last or first, on=day, by=desk.actor)
                return f"空白证 {first} 至 {last or first} 已入库。"
            if what == USE:
                desk.blanks.use(first, used_for, on=day, by=desk.actor)
                return f"空白证 {first} 已记为印了 {used_for}。"
            count = desk.blanks.spoil(first, last=last, on=day, reason=reason, number=number, by=desk.actor)
            return f"{count} 张空白证已记为损坏。"

        return do

    def finished(self) -> None:
        for text in (self.first, self.last, self.number, self.used_for, self.reason):
            text.set_value("")
        self.day.set_day(self.desk.clock.today())
        self._what_chosen()

    def _counted(self, rows: tuple[StockRow, ...]) -> None:
        self._rows = {one.id: one for one in rows}
        self.stock.show_rows(
            [ShortRow(one.id, (f"{one.first}—{one.last[-4:]}", f"{one.left} 张")) for one in rows]
        )

    def _lot_chosen(self) -> None:
        """Say of the chosen delivery how it adds up, and which blank comes next."""
        chosen = self.stock.current_id()
        one = self._rows.get(chosen) if chosen is not None else None
        if one is None:
            self.facts.setText(_NOTHING)
            return
        title = self.desk.profile.trade(one.kind).paper.title
        counts = f"共 {one.received} 张：已用 {one.used}，损坏 {one.spoilt}，剩 {one.left}"
        following = f"；下一张 {one.next}" if one.next else ""
        self.facts.setText(f"{title}，{one.received_on} 入库，{counts}{following}。")

    def _not_counted(self, error: Exception) -> None:
        self.stock.set_empty(str(error))

    def _what_chosen(self) -> None:
        what = self.what.value()
        self.refusal.setVisible(False)
        self.kind.setVisible(what == RECEIVE)
        self.last.setVisible(what != USE)
        self.used_for.setVisible(what == USE)
        for field in (self.number, self.reason):
            field.setVisible(what == SPOIL)
        self.button.setText({RECEIVE: "入库", SPOIL: "记下损坏"}.get(what, "记下已用"))

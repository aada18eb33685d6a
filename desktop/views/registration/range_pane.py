"""The pane for ranges that a village issues offline: set aside, put down what was issued, return the rest."""

from desktop.domain.dates import read_date
from desktop.services.numbers.ledger import RangeRow
from desktop.views.kit.choices import Choice, ChoiceField
from desktop.views.kit.fields import DateField, NumberField, TextField
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.do_pane import DoPane, Work
from desktop.views.registration.who_field import WhoField

RESERVE, RECORD, RETURN = "reserve", "record", "return"
_WHAT = (Choice(RESERVE, "预留"), Choice(RECORD, "登记发放"), Choice(RETURN, "退回"))


class RangePane(DoPane):
    """One of three things about a range; only its own fields are seen."""

    def __init__(self, desk: RegistrationDesk) -> None:
        super().__init__(desk, "预留号段")
        trades = [Choice(trade.code, trade.short_label) for trade in desk.profile.trades]
        villages = [Choice(str(one.id), one.name) for one in desk.villages]
        self.what = ChoiceField("办什么", _WHAT, required=True)
        self.kind = ChoiceField("类别", trades, required=True)
        self.village = ChoiceField("留给哪个村", [*villages, *_ENOUGH], required=True)
        self.count = NumberField("多少个", unit="个", least=1, greatest=500, required=True)
        self.range = ChoiceField("哪个号段", _ENOUGH, required=True)
        self.who = WhoField(desk, "发给谁")
        self.number = TextField("证上的编号", most=40, required=True)
        self.day = DateField("日期", read_date, today=desk.clock.today, required=True)
        self.reason = TextField("说明", most=60)

        self.village.set_choices(villages)
        self.title.setText("预留号段")
        self.facts.setText("村里不连网发证时，先留一段号；发了哪些再登记，没用完的退回。")
        self.form.add(self.what, self.kind, self.village, self.count, self.range, self.number, wide=True)
        self.form.add(self.day, self.reason, wide=True)
        self.arrange_pane(self.who)
        self.what.set_value(RESERVE)
        self.show_ranges(())
        self._begin()

        self.what.changed.connect(self._what_chosen)

    def show_ranges(self, ranges: tuple[RangeRow, ...]) -> None:
        """Offer the ranges that are still open."""
        self.range.set_choices(
            [
                Choice(str(one.id), f"{one.village} {one.first[-4:]}—{one.last[-4:]}，剩 {one.left}")
                for one in ranges
                if one.returned_on is None
            ]
        )

    def work(self) -> Work | None:
        match self.what.value():
            case "reserve":
                return self._reserving()
            case "record":
                return self._recording()
            case _:
                return self._returning()

    def finished(self) -> None:
        self._begin()

    def _reserving(self) -> Work | None:
        day, count, desk = self.day.day(), self.count.whole(), self.desk
        if not self.demand(self.kind, self.village, self.count, self.day) or day is None or count is None:
            return None
        kind, village, reason = self.kind.value(), int(self.village.value()), self.reason.value()

        def reserve() -> str:
            one = desk.keeping.reserve(kind, village, count, on=day, reason=reason, by=desk.actor)
            return f"已预留 {one.count} 个号：{one.first} 至 {one.last}。"

        return reserve

    def _recording(self) -> Work | None:
        who, day, desk = self.who.who, self.day.day(), self.desk
        if who is None:
            self.refuse("先查出发给了谁，按回车选定。")
            return None
        if not self.demand(self.range, self.number, self.day) or day is None:
            return None
        range_id, number = int(self.range.value()), self.number.value()

        def record() -> str:
            issued = desk.keeping.record_issued(range_id, number, who.id, on=day, by=desk.actor)
            return f"“{issued.title}”已登记，编号 {issued.number}。"

        return record

    def _returning(self) -> Work | None:
        day, desk = self.day.day(), self.desk
        if not self.demand(self.range, self.day) or day is None:
            return None
        range_id, reason = int(self.range.value()), self.reason.value()

        def give_back() -> str:
            count = desk.keeping.return_rest(range_id, on=day, reason=reason, by=desk.actor)
            return f"已退回 {count} 个没有用的号。"

        return give_back

    def _begin(self) -> None:
        self.who.clear()
        self.day.set_day(self.desk.clock.today())
        for text in (self.count, self.number, self.reason):
            text.set_value("")
        self._what_chosen()

    def _what_chosen(self) -> None:
        what = self.what.value()
        self.refusal.setVisible(False)
        for field in (self.kind, self.village, self.count):
            field.setVisible(what == RESERVE)
        self.range.setVisible(what != RESERVE)
        for part in (self.who, self.number):
            part.setVisible(what == RECORD)
        self.reason.setVisible(what != RECORD)
        self.button.setText({RESERVE: "预留号段", RECORD: "登记发放"}.get(what, "退回余号"))


_ENOUGH = [Choice(f"-{place}", "") for place in range(4)]
"""As many as make a list of the field; what it offers changes with the ranges."""

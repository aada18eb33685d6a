"""The pane that takes in a paper from before the register: its own number, its own dates."""

from desktop.domain.dates import read_date
from desktop.services.numbers.ledger import NumberLine
from desktop.views.kit.fields import DateField, TextField
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.do_pane import DoPane, Work
from desktop.views.registration.who_field import WhoField


class TakeInPane(DoPane):
    """Whose paper it is, what stands on it; the sequence goes on behind a number of today's rule."""

    def __init__(self, desk: RegistrationDesk) -> None:
        super().__init__(desk, "补录旧证")
        self.who = WhoField(desk, "谁的证")
        self.number = TextField("证上的编号", most=40, required=True)
        self.issued_on = DateField("发证日期", read_date, today=desk.clock.today, required=True)
        self.valid_until = DateField("有效期至", read_date, today=desk.clock.today, hint="长期的空着")

        self.title.setText("补录旧证")
        self.facts.setText("系统启用前发的证，照证上的号码和日期录入；号码接得上的，以后接着往下编。")
        self.form.add(self.number, self.issued_on, self.valid_until, wide=True)
        self.arrange_pane(self.who)

    def begin_with(self, line: NumberLine) -> None:
        """Begin with a number that the register states: whose it is and how it reads."""
        if line.establishment_id is not None:
            self.who.choose(line.establishment_id, line.title, line.note)
            self.number.set_value(line.number)

    def work(self) -> Work | None:
        who, issued_on, desk = self.who.who, self.issued_on.day(), self.desk
        if who is None:
            self.refuse("先查出是谁的证，按回车选定。")
            return None
        if not self.demand(self.number, self.issued_on) or issued_on is None:
            return None
        if self.valid_until.value_text() and self.valid_until.day() is None:
            self.form.show_first_error()
            return None
        number, valid_until = self.number.value(), self.valid_until.day()

        def take_in() -> str:
            issued = desk.keeping.take_in(
                who.id, number, issued_on=issued_on, valid_until=valid_until, by=desk.actor
            )
            return f"“{issued.title}”的旧证 {issued.number} 已补录。"

        return take_in

    def finished(self) -> None:
        self.who.clear()
        for field in (self.number, self.issued_on, self.valid_until):
            field.set_value("")

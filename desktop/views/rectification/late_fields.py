"""补录: two fields that are there where something is entered days after it was done."""

from datetime import date

from desktop.domain.dates import read_date
from desktop.domain.late_entry import IN_TIME, LateEntry, days_late
from desktop.views.kit.fields import DateField, TextField
from desktop.views.kit.forms import FormGrid
from desktop.views.rectification.desk import RectificationDesk


class LateFields:
    """The reason and the second person of a form, in sight only while its day lies too far back.

    Where they are not wanted they may be filled in, but not by halves.
    """

    def __init__(self, desk: RectificationDesk, on: DateField, *, wanted: bool = False) -> None:
        self._desk = desk
        self._on = on
        self._over_since: date | None = None
        self._is_wanted = wanted
        may = "" if wanted else "可不填；"
        self.reason = TextField(
            "补录原因", most=100, required=wanted, hint=f"{may}过去几天才补录的，写明原因。"
        )
        self.approved_by = TextField(
            "同意补录的人", most=20, required=wanted, hint=f"{may}第二人，不能是录入人自己。"
        )

        on.changed.connect(self._fit)
        on.left.connect(self._fit)

    def add_to(self, form: FormGrid) -> None:
        form.begin_row()
        form.add(self.reason, self.approved_by)
        self._fit()

    def begin(self, *, over_since: date | None = None) -> None:
        """Begin empty; what runs until a day is late once that has passed, whatever day is claimed."""
        self._over_since = over_since
        self.reason.set_value("")
        self.approved_by.set_value("")
        self._fit()

    def show_missing(self) -> None:
        """Name what a late entry still wants."""
        if self._is_late() and (self._is_wanted or self.late().is_told):
            for field in (self.reason, self.approved_by):
                if not field.value().strip():
                    field.show_error(f"补录的请填“{field.label}”。")

    def late(self) -> LateEntry:
        """Return what was filled in, nothing where it is not asked for."""
        return LateEntry(self.reason.value(), self.approved_by.value()) if self._is_late() else IN_TIME

    def _is_late(self) -> bool:
        try:
            on = read_date(self._on.value())
        except ValueError:
            return False
        today = self._desk.clock.today()
        is_over = self._over_since is not None and on <= self._over_since < today
        most = self._desk.profile.period("late_entry").days
        return is_over or days_late(on, today, most=most) > 0

    def _fit(self) -> None:
        is_late = self._is_late()
        self.reason.setVisible(is_late)
        self.approved_by.setVisible(is_late)

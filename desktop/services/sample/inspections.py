"""The sample's inspections: a month of visits whose cases have come to every stage of putting right."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from desktop.clock import WorkingDayClock
from desktop.domain.act import Actor
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.inspections import Fault, Inspections
from desktop.services.rectification.rectifications import Rectifications, Until
from desktop.services.register.establishment_rows import EstablishmentRow
from desktop.services.register.establishments import Establishments
from desktop.services.register.leafing import Filters

_SHARE = 5  # every fifth establishment is visited
_FIRST_VISIT_DAYS_AGO = 24
_WORKDAYS = (5, 10, 15, 20)


class SampleInspections:
    """Visits establishments and takes their cases as far as chance wills."""

    def __init__(self, office: OpenOffice, *, chance: Random, inspectors: Sequence[str]) -> None:
        self.office = office
        self.chance = chance
        self.inspectors = inspectors
        self.today = office.clock.today()

    def play(self, *, by: Actor) -> None:
        """Visit every fifth establishment in the order of the days."""
        rows = Establishments(self.office).page(Filters(), by=by, limit=1000)
        chosen = self.chance.sample(rows, k=max(1, len(rows) // _SHARE))
        days = sorted(self.chance.randint(1, _FIRST_VISIT_DAYS_AGO) for _ in chosen)
        for days_ago, row in zip(reversed(days), chosen, strict=True):
            self._visit(row, self.today - timedelta(days=days_ago), by)

    def _on(self, day: date) -> OpenOffice:
        return replace(self.office, clock=WorkingDayClock(day, self.office.clock))

    def _visit(self, row: EstablishmentRow, day: date, by: Actor) -> None:
        items = self.office.profile.items(row.kind)
        faults = [Fault(item.code, item.finding) for item in self.chance.sample(items, k=1)]
        inspectors = self.chance.sample(list(self.inspectors), k=2)
        office = self._on(day)
        inspected = Inspections(office).record(row.id, on=day, inspectors=inspectors, faults=faults, by=by)
        findings = [finding.id for finding in inspected.findings]
        until = Until(workdays=self.chance.choice(_WORKDAYS))
        ordered = Rectifications(office).order(findings, until=until, on=day, by=by)
        self._go_on(ordered.case_id, day, inspectors, by)

    def _go_on(self, case_id: int, ordered_on: date, inspectors: Sequence[str], by: Actor) -> None:
        """Leave a third waiting, let a third report, and see the rest through to the end."""
        reported_on = ordered_on + timedelta(days=2)
        checked_on = ordered_on + timedelta(days=3)
        closed_on = ordered_on + timedelta(days=5)
        fate = self.chance.random()
        if fate < 0.35 or reported_on > self.today:
            return
        Rectifications(self._on(reported_on)).report(case_id, on=reported_on, by=by)
        if fate < 0.6 or checked_on > self.today:
            return
        checking = Rectifications(self._on(checked_on))
        checking.reinspect(case_id, on=checked_on, inspectors=inspectors, result="good", by=by)
        if fate < 0.8 or closed_on > self.today:
            return
        Rectifications(self._on(closed_on)).close_out(case_id, on=closed_on, by=by)

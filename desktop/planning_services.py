"""The services of planning: who is inspected, by whom, how often; each is read when it is first asked for."""

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.services.campaigns import Campaigns
    from desktop.services.draws import Draws
    from desktop.services.inspectors import Inspectors
    from desktop.services.open_office import OpenOffice
    from desktop.services.risks import Risks
    from desktop.services.samplings import Samplings
    from desktop.services.visits import Visits
    from desktop.services.year_plans import YearPlans


class PlanningServices:
    """What an open office offers before anybody goes out to inspect."""

    def __init__(self, office: "OpenOffice") -> None:
        self.office = office

    @cached_property
    def draws(self) -> "Draws":
        from desktop.services.draws import Draws

        return Draws(self.office)

    @cached_property
    def inspectors(self) -> "Inspectors":
        from desktop.services.inspectors import Inspectors

        return Inspectors(self.office)

    @cached_property
    def risks(self) -> "Risks":
        from desktop.services.risks import Risks

        return Risks(self.office)

    @cached_property
    def visits(self) -> "Visits":
        from desktop.services.visits import Visits

        return Visits(self.office)

    @cached_property
    def year_plans(self) -> "YearPlans":
        from desktop.services.year_plans import YearPlans

        return YearPlans(self.office)

    @cached_property
    def samplings(self) -> "Samplings":
        from desktop.services.samplings import Samplings

        return Samplings(self.office)

    @cached_property
    def campaigns(self) -> "Campaigns":
        from desktop.services.campaigns import Campaigns

        return Campaigns(self.office)

"""The services of planning: who is inspected, by whom, how often; each is read when it is first asked for."""

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.services.open_office import OpenOffice
    from desktop.services.planning.campaigns import Campaigns
    from desktop.services.planning.draws import Draws
    from desktop.services.planning.risks import Risks
    from desktop.services.planning.samplings import Samplings
    from desktop.services.planning.visits import Visits
    from desktop.services.planning.year_plans import YearPlans
    from desktop.services.rectification.inspectors import Inspectors


class PlanningServices:
    """What an open office offers before anybody goes out to inspect."""

    def __init__(self, office: "OpenOffice") -> None:
        self.office = office

    @cached_property
    def draws(self) -> "Draws":
        from desktop.services.planning.draws import Draws

        return Draws(self.office)

    @cached_property
    def inspectors(self) -> "Inspectors":
        from desktop.services.rectification.inspectors import Inspectors

        return Inspectors(self.office)

    @cached_property
    def risks(self) -> "Risks":
        from desktop.services.planning.risks import Risks

        return Risks(self.office)

    @cached_property
    def visits(self) -> "Visits":
        from desktop.services.planning.visits import Visits

        return Visits(self.office)

    @cached_property
    def year_plans(self) -> "YearPlans":
        from desktop.services.planning.year_plans import YearPlans

        return YearPlans(self.office)

    @cached_property
    def samplings(self) -> "Samplings":
        from desktop.services.planning.samplings import Samplings

        return Samplings(self.office)

    @cached_property
    def campaigns(self) -> "Campaigns":
        from desktop.services.planning.campaigns import Campaigns

        return Campaigns(self.office)

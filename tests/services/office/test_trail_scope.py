"""What a village account sees of the trail is what was done in its own village."""

from uuid import UUID

from desktop.domain.act import Role
from desktop.services.office.trail import Trail
from desktop.services.survey.surveys import Surveys
from tests.offices import TestOffice, stall


def test_a_village_sees_nothing_of_what_was_done_in_another(desk: TestOffice) -> None:
    shop = Surveys(desk.office).save("stall", stall(), by=desk.clerk, identity=UUID(int=1)).id
    stranger = desk.somebody("白塔村干部", Role.VILLAGE, village_id=1)
    own = desk.somebody("沙湖村干部", Role.VILLAGE, village_id=3)
    trail = Trail(desk.office)

    assert trail.of_establishment(shop, by=stranger) == ()
    assert trail.recent(by=stranger) == ()
    assert {row.action for row in trail.recent(by=own)} == {"survey.enter"}
    assert len(trail.of_establishment(shop, by=desk.clerk)) > 0

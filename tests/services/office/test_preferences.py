"""What a person chose is found again, and only by that person."""

from desktop.domain.act import Role
from desktop.services.office.preferences import Preferences
from tests.offices import TestOffice


def test_what_was_chosen_is_found_again_by_its_person_alone(desk: TestOffice) -> None:
    preferences = Preferences(desk.office)
    other = desk.somebody("别人", Role.CLERK)

    preferences.keep({"columns": "a,b", "zoom": "1.5"}, by=desk.clerk)
    preferences.keep({"columns": "b,a"}, by=desk.clerk)

    assert preferences.all(by=desk.clerk) == {"columns": "b,a", "zoom": "1.5"}
    assert preferences.all(by=other) == {}


def test_a_choice_of_columns_is_no_matter_for_the_trail(desk: TestOffice) -> None:
    from desktop.services.office.trail import Trail

    before = len(Trail(desk.office).entries(by=desk.clerk))

    Preferences(desk.office).keep({"columns": "a"}, by=desk.clerk)

    assert len(Trail(desk.office).entries(by=desk.clerk)) == before

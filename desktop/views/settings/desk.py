"""What the page of settings works with."""

from dataclasses import dataclass

from desktop.domain.act import Actor
from desktop.domain.profile import Profile
from desktop.services.numbers.next_numbers import Numbers
from desktop.services.office.accounts import Accounts
from desktop.services.office.calendars import Calendars
from desktop.services.office.trail import Trail
from desktop.services.office.villages import VillageRow
from desktop.services.signing.keys import SigningKeys
from desktop.views.hub import ChangeHub
from desktop.views.jobs import Jobs
from desktop.views.settings.habits import Habits


@dataclass(frozen=True)
class SettingsDesk:
    """One person's desk; ``habits`` holds the look that this person chose."""

    profile: Profile
    villages: tuple[VillageRow, ...]
    numbers: Numbers
    calendars: Calendars
    accounts: Accounts
    signing_keys: SigningKeys
    trail: Trail
    habits: Habits
    actor: Actor
    jobs: Jobs
    hub: ChangeHub

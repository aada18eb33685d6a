"""What the page of one establishment works with."""

from dataclasses import dataclass

from desktop.domain.act import Actor
from desktop.domain.profile import Profile
from desktop.services.dossiers import Dossiers
from desktop.services.establishments import Establishments
from desktop.services.joinings import Joinings
from desktop.services.paperwork import Paperwork
from desktop.services.photos import Photos
from desktop.services.surveys import Surveys
from desktop.views.hub import ChangeHub
from desktop.views.jobs import Jobs


@dataclass(frozen=True)
class EstablishmentDesk:
    """One person's desk, for looking at one establishment."""

    profile: Profile
    dossiers: Dossiers
    establishments: Establishments
    photos: Photos
    paperwork: Paperwork
    surveys: Surveys
    joinings: Joinings
    actor: Actor
    jobs: Jobs
    hub: ChangeHub

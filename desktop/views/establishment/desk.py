"""What the page of one establishment works with."""

from dataclasses import dataclass

from desktop.domain.act import Actor
from desktop.domain.profile import Profile
from desktop.services.papers.paperwork import Paperwork
from desktop.services.register.dossiers import Dossiers
from desktop.services.register.establishments import Establishments
from desktop.services.register.joinings import Joinings
from desktop.services.survey.photos import Photos
from desktop.services.survey.surveys import Surveys
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

"""What the widgets before the main window work with."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.domain.profile import Shelf
from desktop.services.office.accounts import Accounts
from desktop.services.office.making import NewRegister
from desktop.services.office.sign_ins import SignIns
from desktop.views.jobs import Jobs


@dataclass(frozen=True)
class SignInDesk:
    """A register that is there; ``place`` is the name of this machine."""

    accounts: Accounts
    sign_ins: SignIns
    jobs: Jobs
    place: str
    township: str


@dataclass(frozen=True)
class FirstStartDesk:
    """No register yet; both calls are made by the job runner, never on the main thread."""

    profiles: Callable[[], Shelf]
    make: Callable[[NewRegister], None]
    jobs: Jobs

"""What the register says of itself: its rule pack, its township, whether it is a sample."""

from dataclasses import dataclass

from sqlalchemy import select

from desktop.models.office import Office
from desktop.storage.database import Database


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """The identity of a register."""

    register_id: str
    profile: str
    township: str
    is_sample: bool


class Offices:
    """Asks the register who it is; needs no rule pack, because it names it."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def facts(self) -> OfficeFacts:
        with self.db.reading() as session:
            office = session.scalars(select(Office)).one()
            return OfficeFacts(office.register_id, office.profile, office.township, office.is_sample)

    def profile_name(self) -> str:
        """Return the name of the rule pack that this register works under."""
        return self.facts().profile

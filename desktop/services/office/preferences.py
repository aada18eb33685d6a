"""What each person chose for tables and pages: columns, filters, folders, zoom."""

from collections.abc import Mapping

from sqlalchemy import select

from desktop.domain.act import Actor
from desktop.models.office import Preference
from desktop.services.open_office import OpenOffice


class Preferences:
    """Small things that a person wants to find again as they were left."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def all(self, *, by: Actor) -> Mapping[str, str]:
        """Return everything that this person chose, by key."""
        query = select(Preference.key, Preference.value).where(Preference.account_id == by.account_id)
        with self.office.db.reading() as session:
            return {row.key: row.value["text"] for row in session.execute(query)}

    def keep(self, chosen: Mapping[str, str], *, by: Actor) -> None:
        """Keep what was chosen; a key that was chosen before is chosen anew."""
        with self.office.db.writing(self.office.act(by, "preference.keep")) as session:
            there = {
                preference.key: preference
                for preference in session.scalars(
                    select(Preference).where(
                        Preference.account_id == by.account_id, Preference.key.in_(chosen)
                    )
                )
            }
            for key, text in chosen.items():
                if key in there:
                    there[key].value = {"text": text}
                else:
                    session.add(Preference(account_id=by.account_id, key=key, value={"text": text}))

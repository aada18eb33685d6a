"""Which column is which, where somebody said otherwise than was guessed: remembered by village and header."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.models.imports import ColumnChoice
from desktop.services.office.villages import VillageRow
from desktop.services.open_office import OpenOffice
from desktop.sheets.ledger import Chosen

Choices = Mapping[str, Mapping[str, str]]
"""By the shape of a header the field of a column by its letter; empty where it is not to be read."""


def chosen_columns(session: Session, villages: tuple[VillageRow, ...], chosen: Choices) -> tuple[Chosen, ...]:
    """Return what was said of headers: now, then before for the same village, then for any other."""
    names = {village.id: village.name for village in villages}
    said = [Chosen(shape, None, columns, is_said_now=True) for shape, columns in chosen.items()]
    query = select(ColumnChoice.shape, ColumnChoice.village_id, ColumnChoice.columns)
    for shape, village_id, columns in session.execute(query.order_by(ColumnChoice.entered_at.desc())):
        said.append(Chosen(shape, names.get(village_id), columns))
    return tuple(said)


def remember_columns(
    session: Session, office: OpenOffice, chosen: Choices, village_of: Mapping[str, int | None], by: Actor
) -> None:
    """Keep what was said for the next ledger with the same header; what was said before is replaced."""
    for shape, columns in chosen.items():
        village_id = village_of.get(shape)
        query = select(ColumnChoice).where(
            ColumnChoice.shape == shape, ColumnChoice.village_id.is_not_distinct_from(village_id)
        )
        kept = session.scalar(query)
        if kept is None:
            kept = ColumnChoice(shape=shape, village_id=village_id, columns={})
            session.add(kept)
        kept.columns = {**kept.columns, **columns}
        kept.entered_at, kept.entered_by = office.clock.now(), by.name
    session.flush()

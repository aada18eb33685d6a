"""Which papers no longer hold although they still look valid: what a village must know that cannot verify."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.called import called
from desktop.domain.lifecycle import PaperStatus
from desktop.domain.masking import mask_for_public
from desktop.models.establishment import Establishment
from desktop.models.office import Village
from desktop.models.registration import Paper
from desktop.services.open_office import OpenOffice
from desktop.sheets.ended_papers import EndedPaper

_ENDED = tuple(status for status in PaperStatus if status.is_ended)


def ended_papers(session: Session, office: OpenOffice) -> tuple[EndedPaper, ...]:
    """Return the whole township's, the newest first: a card may turn up anywhere.

    Left out is what the printed day alone gives away, and a number that lives on in another edition.
    """
    profile, today = office.profile, office.clock.today()
    titles = {trade.code: trade.paper.title for trade in profile.trades}
    other = aliased(Paper)
    lives_on = select(other.id).where(other.number == Paper.number, other.living_place.is_not(None))
    query = (
        select(
            Paper.kind,
            Paper.code,
            Paper.number,
            Paper.status,
            Paper.status_on,
            Paper.valid_until,
            Establishment.name,
            Establishment.operator_name,
            Establishment.products,
            Village.name.label("village"),
        )
        .join(Establishment, Paper.establishment_id == Establishment.id)
        .join(Village, Establishment.village_id == Village.id)
        .where(
            Paper.status.in_(_ENDED),
            or_(Paper.valid_until.is_(None), Paper.valid_until >= today),
            ~lives_on.exists(),
        )
        .order_by(Paper.status_on.desc(), Paper.number)
    )
    return tuple(
        EndedPaper(
            title=titles.get(row.kind, row.code),
            number=row.number,
            name=mask_for_public(
                called(row.name, row.operator_name, row.products),
                row.operator_name,
                profile.masking.name_in_public,
            ),
            village=row.village,
            status=PaperStatus(row.status).label,
            ended_on=row.status_on,
            printed_until=row.valid_until,
        )
        for row in session.execute(query)
    )

"""Says before a number is spent what no paper of an establishment could carry."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.domain.paper_life import PaperAct
from desktop.models.establishment import Establishment
from desktop.models.registration import Paper
from desktop.services.numbers.giving import number_of
from desktop.services.office.villages import VillageRow
from desktop.services.open_office import OpenOffice
from desktop.services.papers.layouts import document_of
from desktop.services.papers.printing_facts import registration_facts
from desktop.services.registration.issuing import paper_facts

if TYPE_CHECKING:
    from printing.fonts import Faces


def unprintable(
    office: OpenOffice,
    record: Establishment,
    village: VillageRow,
    on: date,
    facts_of: Mapping[str, Any] | None = None,
) -> tuple[str, ...]:
    """Return why the paper of an establishment could not be printed if it were issued on a day.

    Facts are frozen at issue, so that a character without a glyph or a text that fits nowhere would cost a
    number and an amendment. ``facts_of`` is what a paper says already; without it the record is asked. Where
    no fonts are, nothing can be said: printing itself names what is missing.
    """
    if office.fonts is None:
        return ()
    from printing.errors import FontMissing  # ReportLab is slow to load

    rule = office.profile.trade(record.kind).paper
    template, context = number_of(office.profile, record.kind, village, on)
    specimen = Paper(
        establishment_id=record.id,
        code=rule.code,
        kind=record.kind,
        number=template.format(context, 1),
        edition=1,
        act=PaperAct.ISSUE,
        issued_on=on,
        valid_from=on,
        valid_until=rule.validity.ends_on(on),
        facts=dict(facts_of or paper_facts(record, village.name, office.profile)),
        signed_code="",
    )
    facts, document = registration_facts(specimen, office.profile), document_of(office, rule.code)
    try:
        reasons = document.check_facts(facts, _faces(office.fonts))
    except FontMissing:
        return ()
    return tuple(dict.fromkeys(reason.sentence for reason in reasons))


@cache
def _faces(folder: Path) -> "Faces":
    from printing.fonts import Faces

    return Faces(folder)

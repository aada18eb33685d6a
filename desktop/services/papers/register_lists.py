"""Lists of many: the roster of a village, whom one decision registered, who collects papers."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, func, select

from desktop.domain.called import called
from desktop.domain.lifecycle import PaperStatus, RegistrationStatus
from desktop.models.establishment import Establishment
from desktop.models.registration import Paper, PaperCollection, PrintEntry
from desktop.services.office.villages import villages_of
from desktop.services.papers.papers import RefusedPaper, Wanted
from desktop.services.papers.sources import About, Made, Reading, Source, Sources, nothing
from desktop.services.registration.paper_collections import lasts
from desktop.services.registration.paper_worth import newest_papers, paper_status_on
from printing.wording import chinese_date

if TYPE_CHECKING:
    from printing.documents.roster import RosterRow

_Owned = tuple[Establishment, Paper]


def _everybody(reading: Reading, wanted: Wanted) -> Sequence[int]:
    query = select(Establishment.id).order_by(Establishment.village_id, Establishment.id)
    return tuple(reading.session.scalars(reading.in_scope(query)))


def _rosters(reading: Reading, records: Sequence[Establishment]) -> Sequence[Made | RefusedPaper]:
    """Return one roster for each village among the records."""
    from printing.documents.roster import RosterFacts

    wording = reading.wording("roster")
    papers = newest_papers(reading.session, [record.id for record in records])
    made: list[Made | RefusedPaper] = []
    for village, here in _by_village(reading, records):
        rows = tuple(_roster_row(reading, record, papers.get(record.id)) for record in here)
        trades = [trade for trade in reading.profile.trades if any(one.kind == trade.code for one in here)]
        counted = "，".join(
            f"{trade.short_label}{sum(one.kind == trade.code for one in here)}户" for trade in trades
        )
        with_paper = sum(1 for row in rows if row.number)
        facts = RosterFacts(
            title=f"{'、'.join(trade.label for trade in trades)}{wording.title}",
            sender_label="登记村（盖章）",
            sender=village,
            receiver=reading.profile.office,
            as_of=reading.today,
            rows=rows,
            totals=f"合计{len(rows)}户：{counted}。已登记{with_paper}户，未登记{len(rows) - with_paper}户。",
            note=wording.note,
            number_head="登记证（卡）编号",
        )
        number = f"名册 {village} {reading.today:%Y-%m-%d}"
        made.append(Made(0, number, reading.today, facts, abouts=tuple(map(About.of, here))))
    return made


def _roster_row(reading: Reading, record: Establishment, paper: Paper | None) -> "RosterRow":
    from printing.documents.roster import RosterRow

    status = paper_status_on(paper, reading.today, reading.profile)
    is_living = paper is not None and status.is_living
    registration = RegistrationStatus(record.registration_status)
    return RosterRow(
        number=paper.number if paper is not None and is_living else "",
        trade=reading.profile.trade(record.kind).short_label,
        operator=record.operator_name,
        identity_number=reading.identity_number(record),
        place=record.address,
        products=record.products or "",
        valid_until=paper.valid_until if paper is not None and is_living else None,
        status=registration.label if status is PaperStatus.NONE else status.label,
        remark=record.name or "",
    )


def _by_village(
    reading: Reading, records: Sequence[Establishment]
) -> list[tuple[str, tuple[Establishment, ...]]]:
    order = {village.id: (place, village.name) for place, village in enumerate(villages_of(reading.session))}
    ordered = sorted(records, key=lambda record: (order[record.village_id][0], record.id))
    groups = groupby(ordered, key=lambda record: order[record.village_id][1])
    return [(village, tuple(here)) for village, here in groups]


def _registered(reading: Reading, wanted: Wanted) -> Sequence[int]:
    """Return who has a living paper; issued on the day that is asked for, else on the last of such days."""
    living = Paper.living_place.is_not(None)
    day = wanted.issued_on or reading.session.scalar(select(func.max(Paper.issued_on)).where(living))
    query = (
        select(Establishment.id)
        .join(Paper, Paper.establishment_id == Establishment.id)
        .where(living, Paper.issued_on == day)
        .order_by(Paper.number)
    )
    return tuple(reading.session.scalars(reading.in_scope(query)))


def _owned(
    reading: Reading, records: Sequence[Establishment]
) -> tuple[list[_Owned], list[Made | RefusedPaper]]:
    """Return the records with their living papers, and a refusal for each that has none."""
    papers = newest_papers(reading.session, [record.id for record in records])
    owned: list[_Owned] = []
    without: list[Made | RefusedPaper] = []
    for record in records:
        paper = papers.get(record.id)
        if paper is not None and paper_status_on(paper, reading.today, reading.profile).is_living:
            owned.append((record, paper))
        else:
            title = called(record.name, record.operator_name, record.products)
            without.append(nothing(record, f"“{title}”没有有效的证（卡），不能列入；请先登记发证"))
    return owned, without


def _decisions(reading: Reading, records: Sequence[Establishment]) -> Sequence[Made | RefusedPaper]:
    """Return one list for each authority and day of decision."""
    from printing.list_page import ListFacts

    wording = reading.wording("decision_list")
    owned, made = _owned(reading, records)
    keyed = sorted(
        ((reading.issuer(record.kind), record, paper) for record, paper in owned),
        key=lambda one: (one[0].number_word, one[2].issued_on, one[2].number),
    )
    for (issuer, on), group in groupby(keyed, key=lambda one: (one[0], one[2].issued_on)):
        here = [(record, paper) for _, record, paper in group]
        stated = {"事项": issuer.act, "机关": issuer.issuer}
        facts = ListFacts(
            title=wording.title.format(**stated),
            sender=issuer.issuer,
            heading="".join(wording.paragraphs).format(**stated),
            as_of=on,
            rows=tuple(_decision_row(reading, record, paper) for record, paper in here),
            totals=f"合计{len(here)}户。",
            note=wording.note,
            signatures=("经办人", "审核人", "负责人"),
        )
        number = f"{issuer.number_word}{wording.letter} {on:%Y-%m-%d}"
        made.append(Made(0, number, on, facts, abouts=tuple(About.of(record) for record, _ in here)))
    return made


def _decision_row(reading: Reading, record: Establishment, paper: Paper) -> tuple[str, ...]:
    return (
        reading.profile.trade(paper.kind).short_label,
        paper.number,
        paper.facts["name_or_operator"],
        paper.facts["operator_name"],
        paper.facts["address"],
        paper.facts["products"],
        chinese_date(paper.valid_until) if paper.valid_until else "长期",
    )


def _to_collect(reading: Reading, wanted: Wanted) -> Sequence[int]:
    """Return who has a good paper that was printed and that nobody has taken away yet."""
    query = (
        select(Establishment.id)
        .join(Paper, Paper.establishment_id == Establishment.id)
        .outerjoin(PaperCollection, PaperCollection.paper_id == Paper.id)
        .where(Paper.is_newest, lasts(reading.office), _is_printed(), PaperCollection.id.is_(None))
        .order_by(Establishment.village_id, Paper.number)
    )
    if wanted.issued_on is not None:
        query = query.where(Paper.issued_on == wanted.issued_on)
    return tuple(reading.session.scalars(reading.in_scope(query)))


def _is_printed() -> ColumnElement[bool]:
    return Paper.id.in_(select(PrintEntry.paper_id))


def _signing(reading: Reading, records: Sequence[Establishment]) -> Sequence[Made | RefusedPaper]:
    """Return one sheet for each village; who has collected already stands there with the day."""
    from printing.list_page import ListFacts

    wording = reading.wording("signing_sheet")
    living, made = _owned(reading, records)
    ids = [paper.id for _, paper in living]
    on_paper = set(reading.session.scalars(select(Paper.id).where(Paper.id.in_(ids), _is_printed())))
    made += [
        nothing(record, f"{paper.number} 还没有打印，不能列入签收表；请先到打印中心打印")
        for record, paper in living
        if paper.id not in on_paper
    ]
    owned = [(record, paper) for record, paper in living if paper.id in on_paper]
    papers = {record.id: paper for record, paper in owned}
    query = select(PaperCollection).where(PaperCollection.paper_id.in_(ids))
    collected = {one.paper_id: one for one in reading.session.scalars(query)}
    for village, here in _by_village(reading, [record for record, _ in owned]):
        rows = []
        for record in here:
            paper = papers[record.id]
            one = collected.get(paper.id)
            took = (one.collector, one.authority, chinese_date(one.collected_on)) if one else ("", "", "")
            title = called(record.name, record.operator_name, record.products)
            rows.append((paper.number, title, record.operator_name, village, *took, ""))
        facts = ListFacts(
            title=wording.title,
            sender=reading.profile.office,
            heading=village,
            as_of=reading.today,
            rows=tuple(rows),
            totals=f"合计{len(rows)}张。",
            note=wording.note,
            signatures=("发放人", "复核人"),
        )
        number = f"领取 {village} {reading.today:%Y-%m-%d}"
        made.append(Made(0, number, reading.today, facts, abouts=tuple(map(About.of, here))))
    return made


SOURCES: Sources = {
    "roster": Source(_rosters, _everybody),
    "decision_list": Source(_decisions, _registered),
    "signing_sheet": Source(_signing, _to_collect),
}

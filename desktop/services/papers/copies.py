"""What is printed beside a certificate or card: its duplicate, its pocket size, the sheet on the wall."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy import select

from desktop.domain.called import called
from desktop.domain.paper_life import PaperAct
from desktop.domain.profile import Profile
from desktop.models.establishment import Establishment
from desktop.models.rectification import Finding, Inspection
from desktop.models.registration import Paper
from desktop.services.papers.establishment_records import judged
from desktop.services.papers.papers import RefusedPaper, Wanted
from desktop.services.papers.print_orders import not_living
from desktop.services.papers.printing_facts import registration_facts
from desktop.services.papers.sources import Made, Reading, Source, Sources, nothing
from desktop.services.registration.paper_worth import newest_papers, paper_status_on
from desktop.services.registration.sheets_out import out_of
from desktop.services.signing.signer import lacking
from printing.wording import chinese_date

if TYPE_CHECKING:
    from printing.documents.certificate_duplicate import Record
    from printing.documents.display_sheet import LastInspection

_HEADING_OF_HEALTH = "健康证明"


def _source(code: str, paper_code: str | None) -> Source:
    """Return the source of a paper that needs a living certificate or card; ``None`` takes either."""

    def holders(reading: Reading, wanted: Wanted) -> Sequence[int]:
        query = (
            select(Establishment.id)
            .join(Paper, Paper.establishment_id == Establishment.id)
            .where(Paper.is_newest, Paper.living_place.is_not(None))
            .order_by(Paper.number)
        )
        if paper_code is not None:
            query = query.where(Paper.code == paper_code)
        if wanted.numbers:
            query = query.where(Paper.number.in_(wanted.numbers))
        if wanted.issued_on is not None:
            query = query.where(Paper.issued_on == wanted.issued_on)
        return tuple(reading.session.scalars(reading.in_scope(query)))

    def make(reading: Reading, records: Sequence[Establishment]) -> Sequence[Made | RefusedPaper]:
        papers = newest_papers(reading.session, [record.id for record in records])
        unsigned = lacking(reading.office, papers.values())
        made = [_made(reading, record, papers.get(record.id), code, paper_code) for record in records]
        return [_unsigned(one) if _is_of(one, papers, unsigned) else one for one in made]

    return Source(make, holders)


def _is_of(made: Made | RefusedPaper, papers: Mapping[int, Paper], ids: set[int]) -> bool:
    return isinstance(made, Made) and papers[made.establishment_id].id in ids


def _unsigned(made: Made | RefusedPaper) -> RefusedPaper:
    """Return the refusal of a copy whose code nobody could verify."""
    assert isinstance(made, Made)
    said = f"{made.number} 的核验码还没有签名，先打印一次证（卡）本身，再印这一种"
    return RefusedPaper(made.establishment_id, made.number, "missing_key", said, ())


def _made(
    reading: Reading, record: Establishment, paper: Paper | None, code: str, paper_code: str | None
) -> Made | RefusedPaper:
    title = called(record.name, record.operator_name, record.products)
    if paper is None:
        return nothing(record, f"“{title}”还没有证（卡），没有可印的；请先登记发证")
    if paper_code is not None and paper.code != paper_code:
        rule = reading.profile.trade(paper.kind).paper
        return nothing(record, f"“{title}”的是{rule.title}，没有这一种")
    status = paper_status_on(paper, reading.today, reading.profile)
    if not status.is_living:
        return not_living(record.id, paper.number, status)
    facts = {"certificate_duplicate": _duplicate, "card_small": _small, "display_sheet": _display}[code]
    return Made(record.id, paper.number, paper.issued_on, facts(reading, record, paper))


SOURCES: Sources = {
    "certificate_duplicate": _source("certificate_duplicate", "certificate"),
    "card_small": _source("card_small", "card"),
    "display_sheet": _source("display_sheet", None),
}


def _duplicate(reading: Reading, record: Establishment, paper: Paper) -> object:
    from printing.documents.certificate_duplicate import DuplicateFacts
    from printing.registration import Row

    wording, issuer = reading.wording("certificate_duplicate"), reading.issuer(paper.kind)
    certificate = registration_facts(paper, reading.profile)
    more = (
        Row("日常监管机构", issuer.supervisor),
        *((Row(certificate.hotline_label, "　".join(certificate.hotlines)),) if certificate.hotlines else ()),
    )
    return DuplicateFacts(
        record_title=wording.title,
        certificate=replace(
            certificate, copy_word=wording.letter, rows=(*certificate.rows, *more), note=wording.note
        ),
        records=_records(reading, paper),
    )


def _records(reading: Reading, paper: Paper) -> "tuple[Record, ...]":
    """Return what became of a paper since its first sheet was handed out, the first first."""
    from printing.documents.certificate_duplicate import Record

    line = [paper]
    while line[0].follows_id is not None:
        line.insert(0, reading.session.get_one(Paper, line[0].follows_id))
    out = out_of(reading.session, [one.id for one in line])
    told: list[Record] = []
    is_out = False
    for before, now in pairwise(line):
        is_out = is_out or before.id in out
        if is_out:
            act = PaperAct(now.act)
            told.append(Record(now.issued_on, act.label, _told(reading.profile, act, before, now)))
    return tuple(told)


def _told(profile: Profile, act: PaperAct, before: Paper, now: Paper) -> str:
    parts = []
    if act is PaperAct.RENEWAL:
        until = chinese_date(now.valid_until) if now.valid_until else "长期"
        parts.append(f"有效期延续至{until}")
    for row in profile.trade(now.kind).paper.rows:
        new = now.facts.get(row.fact, "")
        if row.fact != "validity" and new != before.facts.get(row.fact, ""):
            parts.append(f"{row.label}变更为：{new}")
    if not parts and before.status_reason:
        parts.append(before.status_reason)
    return "；".join(parts) or act.label


def _small(reading: Reading, record: Establishment, paper: Paper) -> object:
    note = reading.wording("card_small").note
    return replace(registration_facts(paper, reading.profile), note=note)


def _display(reading: Reading, record: Establishment, paper: Paper) -> object:
    from printing.documents.display_sheet import DisplaySheetFacts
    from printing.registration import Row

    wording, trade = reading.wording("display_sheet"), reading.profile.trade(paper.kind)
    said = registration_facts(paper, reading.profile)
    labels = {row.fact: row.label for row in trade.paper.rows}
    operator = labels.get("operator_name", "经营者")
    rows = [Row(operator, paper.facts["operator_name"], fact="operator_name")]
    rows += [
        Row(labels[fact], paper.facts[fact], may_wrap=True, fact=fact)
        for fact in ("address", "products")
        if fact in labels and paper.facts.get(fact)
    ]
    until = chinese_date(paper.valid_until) if paper.valid_until else "长期有效"
    rows.append(Row("有效期至", until, fact="validity"))
    if record.employee_count and record.health_certificate_count is not None:
        people, healthy = record.employee_count, record.health_certificate_count
        rows.append(Row(_HEADING_OF_HEALTH, f"从业人员{people}人，持有效健康证明{healthy}人"))
    return DisplaySheetFacts(
        title=wording.title,
        name=paper.facts["name_or_operator"],
        trade=trade.label,
        number_label=trade.paper.number_label,
        number=paper.number,
        rows=tuple(rows),
        inspection=_last_inspection(reading, record),
        hotline_label="投诉举报电话",
        hotlines=trade.paper.hotlines,
        issuer=trade.paper.issuer,
        issued_on=reading.today,
        accent=trade.paper.accent,
        qr_text=said.qr_text,
        qr_caption=wording.note,
        seal_word=said.seal_word,
    )


def _last_inspection(reading: Reading, record: Establishment) -> "LastInspection | str":
    """Return what the last inspection came to, in the word that its own record has."""
    from printing.documents.display_sheet import LastInspection

    query = (
        select(Inspection)
        .where(Inspection.establishment_id == record.id)
        .order_by(Inspection.inspected_on.desc(), Inspection.id.desc())
        .limit(1)
    )
    visit = reading.session.scalars(query).first()
    if visit is None:
        return "尚无监督检查记录"
    findings = reading.session.scalars(select(Finding).where(Finding.inspection_id == visit.id)).all()
    failed = {finding.item for finding in findings}
    starred = {finding.item for finding in findings if finding.is_starred}
    corrected = {finding.item for finding in findings if finding.is_corrected}
    count, lacking = len(reading.profile.items(record.kind)), len(visit.not_applicable)
    good = count - len(failed) - lacking
    told = f"检查{count}项：符合{good}项，合理缺项{lacking}项，不符合{len(failed)}项"
    if corrected:
        told += f"（其中{len(corrected)}项已当场改正）"
    told += f"。重点项有{len(starred)}项不符合。" if starred else "。重点项全部符合。"
    result = judged(reading, findings).label
    return LastInspection(visit.inspected_on, result, told, "、".join(visit.inspectors))

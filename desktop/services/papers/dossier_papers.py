"""一户一档 on paper: the whole file of an establishment, from every record that speaks of it."""

from collections.abc import Sequence
from re import ASCII, Match
from re import compile as compile_pattern
from typing import TYPE_CHECKING

from sqlalchemy import select

from desktop.domain.called import called
from desktop.domain.lifecycle import OperatingStatus, RegistrationStatus
from desktop.models.establishment import Establishment, Photo
from desktop.models.registration import Application, Paper
from desktop.services.papers.papers import RefusedPaper, Wanted
from desktop.services.papers.sources import Made, Reading, Source, Sources
from desktop.services.papers.survey_papers import words_on_paper
from desktop.services.register.dossier_events import READERS, EventGroup, TimelineEntry
from desktop.services.registration.paper_worth import paper_status_on
from desktop.services.survey.answers import answers_of
from printing.wording import NOT_APPLICABLE, chinese_date

if TYPE_CHECKING:
    from printing.documents.dossier import DossierFacts, DossierPhoto, DossierTable

_DAY = compile_pattern(r" ?\b(\d{4})-(\d{2})-(\d{2})\b ?", ASCII)
_ELSEWHERE = frozenset({"remark"})
"""Answers that stand in another part of the file."""


def _all(reading: Reading, wanted: Wanted) -> Sequence[int]:
    query = select(Establishment.id).order_by(Establishment.id)
    if wanted.numbers:
        query = query.where(Establishment.archive_number.in_(wanted.numbers))
    return tuple(reading.session.scalars(reading.in_scope(query)))


def _dossiers(reading: Reading, records: Sequence[Establishment]) -> Sequence[Made | RefusedPaper]:
    return [
        Made(record.id, record.archive_number, reading.today, _facts(reading, record)) for record in records
    ]


def _facts(reading: Reading, record: Establishment) -> "DossierFacts":
    from printing.documents.dossier import DossierFacts
    from printing.dossier_cover import DossierCover

    profile, wording = reading.profile, reading.wording("dossier")
    trade, village = profile.trade(record.kind), reading.village(record)
    title = called(record.name, record.operator_name, record.products)
    entries = sorted(
        (entry for read in READERS for entry in read(reading.session, record, profile)),
        key=lambda entry: entry.on,
    )
    papers = tuple(
        reading.session.scalars(select(Paper).where(Paper.establishment_id == record.id).order_by(Paper.id))
    )
    photos = _photos(reading, record)
    opened_on = record.opened_on
    return DossierFacts(
        page_title=f"{trade.label}{wording.letter}登记表",
        name=title,
        cover=DossierCover(
            archive_number=record.archive_number,
            trade=trade.label,
            title=wording.title,
            subtitle=wording.letter,
            rows=(
                ("名称", title),
                ("经营者姓名", record.operator_name),
                ("地址", record.address),
                ("所属村", village),
                ("建档日期", chinese_date(opened_on)),
                ("建档单位", profile.office),
            ),
            foot=(
                ("起止日期", f"{opened_on.year}年{opened_on.month}月起"),
                ("印制日期", chinese_date(reading.today)),
                ("证（卡）", f"{len(papers)}张"),
                ("照片", f"{len(photos)}张"),
            ),
            maker=profile.office,
            qr_text=record.archive_number,
        ),
        facts_title="基本情况",
        facts=_answers(reading, record, village),
        tables=(
            _papers(reading, papers),
            _happened(entries, "登记经过", EventGroup.PAPER),
            _happened(entries, "检查与整改", EventGroup.RECTIFICATION),
            _materials(reading, record),
        ),
        photos_title="照片",
        photos=photos,
        note=wording.note,
    )


def _answers(reading: Reading, record: Establishment, village: str) -> tuple[tuple[str, str], ...]:
    """Return the answers that were given, and how the establishment stands today."""
    form = reading.profile.form(record.kind)
    answers = answers_of(record, form, village)
    told = [
        (question.header, words_on_paper(reading, question, answers.get(question.code)))
        for question in form.questions
        if question.code not in _ELSEWHERE and answers.get(question.code) is not None
    ]
    told.append(("经营状态", OperatingStatus(record.operating_status).label))
    told.append(("登记状态", RegistrationStatus(record.registration_status).label))
    if record.banned_until is not None:
        told.append(("禁业", f"至{chinese_date(record.banned_until)}（{record.ban_basis}）"))
    if record.remark:
        told.append(("备注", record.remark))
    return tuple(told)


def _papers(reading: Reading, papers: Sequence[Paper]) -> "DossierTable":
    from printing.documents.dossier import DossierTable

    return DossierTable(
        "证（卡）",
        ("发证日期", "证（卡）", "编号", "有效期至", "状态"),
        (28, 38, 46, 29, 24),
        tuple(
            (
                chinese_date(paper.issued_on),
                reading.profile.trade(paper.kind).paper.title,
                paper.number,
                chinese_date(paper.valid_until) if paper.valid_until else "长期",
                paper_status_on(paper, reading.today, reading.profile).label,
            )
            for paper in papers
        ),
    )


def _happened(entries: Sequence[TimelineEntry], title: str, group: EventGroup) -> "DossierTable":
    from printing.documents.dossier import DossierTable

    return DossierTable(
        title,
        ("日期", "事项", "情况", "办理人"),
        (28, 40, 67, 30),
        tuple(
            (
                chinese_date(entry.on),
                entry.title,
                _DAY.sub(_in_words, entry.text) or NOT_APPLICABLE,
                entry.people or NOT_APPLICABLE,
            )
            for entry in entries
            if entry.group is group
        ),
        row_height=9.8,
    )


def _in_words(day: Match[str]) -> str:
    """Return a day as papers write it; the timeline of the window writes it with hyphens."""
    year, month, number = map(int, day.groups())
    return f"{year}年{month}月{number}日"


def _materials(reading: Reading, record: Establishment) -> "DossierTable":
    """Return what the newest application brought, and what it still owes."""
    from printing.documents.dossier import DossierTable

    query = (
        select(Application).where(Application.establishment_id == record.id).order_by(Application.id.desc())
    )
    newest = reading.session.scalars(query.limit(1)).first()
    given = [(name, chinese_date(newest.applied_on), "已收") for name in newest.materials] if newest else []
    owed = [(name, NOT_APPLICABLE, "欠交") for name in newest.missing_materials] if newest else []
    return DossierTable(
        "材料目录",
        ("序号", "材料名称", "日期", "备注"),
        (13, 86, 36, 30),
        tuple((str(place), *row) for place, row in enumerate((*given, *owed), start=1)),
    )


def _photos(reading: Reading, record: Establishment) -> "tuple[DossierPhoto, ...]":
    from printing.documents.dossier import DossierPhoto

    query = select(Photo).where(Photo.establishment_id == record.id).order_by(Photo.taken_on, Photo.id)
    return tuple(
        DossierPhoto(photo.picture, photo.taken_on, photo.caption) for photo in reading.session.scalars(query)
    )


SOURCES: Sources = {"dossier": Source(_dossiers, _all)}

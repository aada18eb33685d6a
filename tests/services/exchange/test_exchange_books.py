"""Making a village's workbook: the register keeps its base, the trail names whose numbers went out."""

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from desktop.domain.act import Role
from desktop.domain.paper_life import PaperAct
from desktop.errors import NotAllowedError
from desktop.models.audit import AuditEntry
from desktop.models.exchange import ExchangeRow
from desktop.services.exchange.books import ExchangeBooks
from desktop.services.office.villages import Villages
from desktop.services.registration.paper_lives import PaperLives
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from tests.lives import printed
from tests.offices import TODAY, TestOffice, stall


def test_the_trail_names_who_went_out_and_the_base_is_kept(desk: TestOffice, tmp_path: Path) -> None:
    surveys = Surveys(desk.office)
    shop = surveys.save("stall", stall(), by=desk.clerk, identity=uuid4()).id
    surveys.save("stall", stall(village="白塔村", address="白塔村1组1号"), by=desk.clerk, identity=uuid4())
    village = Villages(desk.office).named("沙湖村")

    made = ExchangeBooks(desk.office, uuid4).make(village, tmp_path / "沙湖.xlsx", by=desk.clerk)

    assert (made.rows, made.file, made.month.isoformat()) == (1, str(tmp_path / "沙湖.xlsx"), "2018-06-01")
    with desk.office.db.reading() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "exchange.make")).all()
        (kept,) = session.scalars(select(ExchangeRow)).all()
    assert [shop] in [entry.changes.get("shown_in_full") for entry in entries]
    assert (kept.answers["phone"], kept.answers["operating_status"]) == ("17921275136", "operating")


def test_whole_numbers_leave_the_office_by_its_own_people_only(desk: TestOffice, tmp_path: Path) -> None:
    village = Villages(desk.office).named("沙湖村")
    villager = desk.somebody("沙湖村干部", Role.VILLAGE, village_id=village.id)

    with pytest.raises(NotAllowedError):
        ExchangeBooks(desk.office, uuid4).make(village, tmp_path / "表.xlsx", by=villager)
    assert not list(tmp_path.glob("*表*"))


def test_a_village_sees_which_cards_of_the_township_no_longer_hold(desk: TestOffice, tmp_path: Path) -> None:
    surveys, lives = Surveys(desk.office), PaperLives(desk.office)
    places = [f"白塔村{number}组1号" for number in range(1, 5)]
    names = ("王小二", "钱杰永", "欧阳㛃", "李四")
    for name, place in zip(names, places, strict=True):
        typed = stall(village="白塔村", address=place, operator_name=name, name=f"{name}馄饨店")
        surveys.save("stall", typed, by=desk.clerk, identity=uuid4())
    issued = Registrations(desk.office).register_all(Choice(), decided_on=TODAY, by=desk.clerk).issued
    revoked, voided, reissued, kept = (lives.find(one.number, by=desk.clerk) for one in issued)
    lives.take(PaperAct.REVOCATION, revoked, on=TODAY, reason="情节严重", by=desk.clerk)
    lives.take(PaperAct.VOIDING, voided, on=TODAY, reason="打错", by=desk.clerk)
    lives.take(PaperAct.REISSUE, printed(desk, reissued), on=TODAY, reason="遗失", by=desk.clerk)

    def said(day: date) -> list[tuple[str, str, str]]:
        desk.clock.day = day
        made = ExchangeBooks(desk.office, uuid4).make(
            Villages(desk.office).named("沙湖村"), tmp_path / "沙湖.xlsx", by=desk.clerk
        )
        rows = load_workbook(made.file)["失效证卡"].iter_rows(min_row=4, values_only=True)
        return [(str(row[2]), str(row[3]), str(row[5])) for row in rows if row[2]]

    assert kept
    assert said(TODAY) == [
        (issued[0].number, "王*二馄饨店", "吊销"),
        (issued[1].number, "钱*永馄饨店", "作废"),
    ]
    assert said(date(2019, 6, 7)) != []
    assert said(date(2019, 6, 8)) == []

"""Making a village's workbook: the register keeps its base, the trail names whose numbers went out."""

from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from desktop.domain.act import Role
from desktop.errors import NotAllowedError
from desktop.models.audit import AuditEntry
from desktop.models.exchange import ExchangeRow
from desktop.services.exchange_books import ExchangeBooks
from desktop.services.surveys import Surveys
from desktop.services.villages import Villages
from tests.offices import TestOffice, stall


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

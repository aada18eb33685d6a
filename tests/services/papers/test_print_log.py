"""Printing from two desks at once: no paper is twice a first copy, and no village sees another's."""

from pathlib import Path
from uuid import UUID

import pytest

from desktop.domain.act import Role
from desktop.errors import ChangedMeanwhileError, UserError
from desktop.services.papers.papers import Papers, Wanted
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice, stall


def issue(desk: TestOffice) -> str:
    shop = Surveys(desk.office).save("stall", stall(), by=desk.clerk, identity=UUID(int=1)).id
    batch = Registrations(desk.office).register_all(Choice(ids=(shop,)), decided_on=TODAY, by=desk.clerk)
    return batch.issued[0].number


def test_a_paper_that_another_desk_printed_while_ours_was_drawn_is_refused_and_leaves_no_file(
    desk: TestOffice, assets: Path, tmp_path: Path
) -> None:
    number = issue(desk)
    papers = Papers(desk.office, assets / "fonts")
    ours, theirs = tmp_path / "我.pdf", tmp_path / "他.pdf"
    unprinted = Wanted("card", is_unprinted=True)

    def other_desk_prints(done: int, total: int) -> None:
        if not theirs.exists():
            papers.print(unprinted, theirs, by=desk.clerk)

    with pytest.raises(ChangedMeanwhileError, match=f"有 1 张刚被别人打印过（如 {number}）"):
        papers.print(unprinted, ours, by=desk.clerk, progress=other_desk_prints)

    assert theirs.exists()
    assert not ours.exists()
    again = papers.print(Wanted("card", numbers=(number,)), ours, by=desk.clerk, reason="污损")
    assert [(paper.number, paper.copy) for paper in again.papers] == [(number, 2)]


def test_a_village_account_cannot_look_at_the_paper_of_another_village(
    desk: TestOffice, assets: Path, tmp_path: Path
) -> None:
    issue(desk)
    stranger = desk.somebody("白塔村干部", Role.VILLAGE, village_id=1)

    with pytest.raises(UserError, match="没有编号为 1 的证卡"):
        Papers(desk.office, assets / "fonts").preview(1, tmp_path / "看.pdf", by=stranger)

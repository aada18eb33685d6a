"""Where a rule pack's list has scores, a visit has one: on the screen, on its paper, in the dossier."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.check_score import Score, score_of
from desktop.services.open_office import OpenOffice
from desktop.services.papers.papers import Wanted
from desktop.services.papers.paperwork import Paperwork
from desktop.services.rectification.inspections import Fault, Inspections
from desktop.services.register.dossiers import Dossiers
from tests.offices import TODAY, TestOffice
from tests.printing.reading import whole_text
from tests.visits import PAIR, enter


@pytest.fixture
def scored(desk: TestOffice) -> OpenOffice:
    """The same office with a list on which starred items count for ten and all others for five."""
    items = desk.office.profile.check_items
    kept = tuple(replace(item, score=10 if item.is_starred else 5) for item in items)
    return replace(desk.office, profile=replace(desk.office.profile, check_items=kept))


def test_a_visit_has_the_sum_of_what_was_good_out_of_what_was_asked(
    desk: TestOffice, scored: OpenOffice, tmp_path: Path, assets: Path
) -> None:
    one = enter(desk)
    everything = sum(item.score for item in scored.profile.items("stall"))

    told = {"on": TODAY, "inspectors": PAIR, "by": desk.clerk}
    faults = [Fault("S10"), Fault("S05"), Fault("S07")]
    done = Inspections(scored).record(one, faults=faults, not_applicable=["S06"], **told)

    assert done.score == Score(everything - 25, everything - 5)
    words = f"得分 {everything - 25}，应得 {everything - 5}"
    visit = Dossiers(scored).timeline(one, by=desk.clerk)[0]
    assert visit.text.endswith(words)
    papers = Paperwork(scored, assets / "fonts")
    papers.print(Wanted("inspection_sheet", ids=(one,)), tmp_path / "表.pdf", by=desk.clerk)
    text = whole_text(tmp_path / "表.pdf")
    assert words.replace(" ", "") in text
    assert "（10分）" in text
    blank = Wanted("inspection_sheet", ids=(one,), is_blank=True)
    papers.print(blank, tmp_path / "空白.pdf", by=desk.clerk)
    assert f"满分{everything}" in whole_text(tmp_path / "空白.pdf")


def test_a_list_without_scores_has_no_sum(desk: TestOffice) -> None:
    assert score_of(desk.office.profile.items("stall"), {"S05"}, ()) is None

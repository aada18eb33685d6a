"""What stops a print is said all together, and each sentence names a way out that exists."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.lifecycle import PaperStatus
from desktop.domain.paper_life import EFFECTS, PaperAct
from desktop.errors import UserError
from desktop.models.registration import Paper
from desktop.services.papers.papers import Papers, Wanted
from desktop.services.papers.paperwork import Paperwork
from desktop.services.papers.print_orders import not_living
from tests.lives import enter, issued, take
from tests.offices import TestOffice, stall
from tests.printing.reading import whole_text


def void_and_spoiled(desk: TestOffice) -> tuple[str, str]:
    """Issue two cards, end one, and put a character that no font has into the other; return their numbers."""
    void, bad = issued(desk, 1), issued(desk, 2)
    take(desk, PaperAct.VOIDING, void, reason="发错了")
    with desk.office.db.writing(desk.office.act(desk.clerk, "paper.test")) as session:
        first, second = session.get_one(Paper, void), session.get_one(Paper, bad)
        second.facts = {**second.facts, "operator_name": "钱\ue000永"}
        return first.number, second.number


def test_a_void_paper_and_a_bad_character_are_named_together(
    office: TestOffice, assets: Path, tmp_path: Path
) -> None:
    numbers = void_and_spoiled(office)
    papers, wanted = Papers(office.office, assets / "fonts"), Wanted("card", numbers=numbers)

    outcome = papers.print(wanted, tmp_path / "x.pdf", by=office.clerk)

    assert [(one.number, one.code) for one in outcome.refused] == [
        (numbers[0], "not_living"),
        (numbers[1], "private_use"),
    ]
    assert outcome.refused[1].reason.endswith("先把档案改好，再办变更，打印新的一张")
    seen = papers.ready(wanted, by=office.clerk).draw(tmp_path / "x.pdf")
    assert seen.refused == outcome.refused
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_missing_reason_hides_nothing(office: TestOffice, assets: Path, tmp_path: Path) -> None:
    numbers, again = void_and_spoiled(office), issued(office, 3)
    papers = Papers(office.office, assets / "fonts")
    papers.print(Wanted("card", is_unprinted=True), tmp_path / "a.pdf", by=office.clerk, skip_refused=True)

    with pytest.raises(UserError, match="须写明原因") as told:
        papers.print(Wanted("card", issued_on=office.clock.day), tmp_path / "b.pdf", by=office.clerk)

    assert again
    assert all(part in str(told.value) for part in (*numbers, "U+E000", "已作废"))
    assert not (tmp_path / "b.pdf").exists()


def test_beside_a_paper_too_all_is_named_together(office: TestOffice, assets: Path, tmp_path: Path) -> None:
    numbers = void_and_spoiled(office)
    paperwork = Paperwork(office.office, assets / "fonts")

    outcome = paperwork.print(Wanted("card_small", ids=(1, 2)), tmp_path / "x.pdf", by=office.clerk)

    assert {(one.number, one.code) for one in outcome.refused} == {
        (numbers[0], "not_living"),
        (numbers[1], "private_use"),
    }
    assert any(one.reason.endswith("先把档案改好，再办变更，打印新的一张") for one in outcome.refused)


def test_a_number_is_found_as_it_stands_on_the_paper(
    office: TestOffice, assets: Path, tmp_path: Path
) -> None:
    issued(office)
    wanted = Wanted("card", numbers=("TF 320413100 2018 0001",))

    outcome = Papers(office.office, assets / "fonts").print(wanted, tmp_path / "x.pdf", by=office.clerk)
    beside = Paperwork(office.office, assets / "fonts").print(
        replace(wanted, code="card_small"), tmp_path / "y.pdf", by=office.clerk
    )

    for done in (outcome, beside):
        assert [one.number for one in done.papers] == ["TF32041310020180001"]


def test_the_signing_sheet_has_only_what_lies_printed(
    office: TestOffice, assets: Path, tmp_path: Path
) -> None:
    issued(office, 1)
    issued(office, 2)
    papers, paperwork = (one(office.office, assets / "fonts") for one in (Papers, Paperwork))
    papers.print(Wanted("card", ids=(1,)), tmp_path / "card.pdf", by=office.clerk)

    paperwork.print(Wanted("signing_sheet"), tmp_path / "all.pdf", by=office.clerk)
    asked = paperwork.print(Wanted("signing_sheet", ids=(2,)), tmp_path / "two.pdf", by=office.clerk)

    text = whole_text(tmp_path / "all.pdf")
    assert ("TF32041310020180001" in text, "TF32041310020180002" in text) == (True, False)
    assert "320413198603279990" not in text
    assert [("还没有打印" in one.reason, one.code) for one in asked.refused] == [(True, "no_paper")]


def test_a_list_names_whose_row_no_font_can_draw_and_goes_on_only_by_saying_so_below(
    office: TestOffice, assets: Path, tmp_path: Path
) -> None:
    enter(office)
    enter(office, stall(operator_name="张\U0003fffd", address="沙湖村2组2号"), number=2)
    paperwork, target = Paperwork(office.office, assets / "fonts"), tmp_path / "名册.pdf"

    stopped = paperwork.print(Wanted("roster"), target, by=office.clerk)
    assert [(one.id, one.number, one.code, one.characters) for one in stopped.refused] == [
        (2, "100-0002", "glyph", ("U+3FFFD",))
    ]
    assert stopped.refused[0].reason.startswith("100-0002 张〔U+3FFFD〕（馄饨）：")
    assert not target.exists()

    done = paperwork.print(Wanted("roster"), target, by=office.clerk, skip_refused=True)
    text = whole_text(target)
    assert (done.refused, done.pages) == (stopped.refused, 1)
    assert "合计2户" in text
    assert "合计含未列入的1户" in text
    assert "100-0002张〔U+3FFFD〕（馄饨）" in text
    one = paperwork.print(Wanted("roster", ids=(2,)), target, by=office.clerk, skip_refused=True)
    assert (one.file, len(one.refused)) == ("", 1)


@pytest.mark.parametrize("status", [one for one in PaperStatus if not one.is_living])
def test_no_refusal_points_to_an_act_that_the_paper_does_not_allow(status: PaperStatus) -> None:
    said = not_living(1, "TF1", status).reason
    way_out = said.split("；")[1]

    for act in (PaperAct.RENEWAL, PaperAct.REISSUE, PaperAct.AMENDMENT):
        assert status not in EFFECTS[act].of
        assert act.label not in way_out

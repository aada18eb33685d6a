"""Printing from the command line: all or what can be, once without a word, again only with a reason."""

from pathlib import Path
from uuid import UUID

import pypdfium2
import pytest
from sqlalchemy import select

from desktop.models.registration import Paper
from tests.commands.conftest import Console, office_in
from tests.offices import stall


@pytest.fixture
def issued(stalls: Console) -> list[str]:
    """Return the numbers of six cards that were issued and not yet printed."""
    answer = stalls("register", "--id", *range(1, 7)).json
    return [one["number"] for one in answer["issued"]]


def pages_of(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as document:
        return len(document)


@pytest.mark.parametrize(("per_page", "pages"), [(1, 6), (2, 3), (4, 2)])
def test_cards_share_a_sheet(
    stalls: Console, issued: list[str], tmp_path: Path, per_page: int, pages: int
) -> None:
    target = tmp_path / "cards.pdf"

    told = stalls("print", "card", "--unprinted", "-o", target, "--per-page", per_page)

    assert told.code == 0, told.err
    assert told.json.keys() == {"file", "pages", "papers", "refused"}
    assert told.json["pages"] == pages_of(target) == pages
    assert told.json["papers"] == [{"number": number, "copy": 1} for number in issued]


def test_a_reprint_needs_its_reason_and_counts_its_copies(
    stalls: Console, issued: list[str], tmp_path: Path
) -> None:
    target = tmp_path / "card.pdf"
    stalls("print", "card", "--unprinted", "-o", tmp_path / "cards.pdf")

    refused = stalls("print", "card", "--number", issued[0], "-o", target)
    blank = stalls("print", "card", "--number", issued[0], "-o", target, "--reason", "  ")
    assert not target.exists()
    printed = stalls("print", "card", "--number", issued[0], "-o", target, "--reason", "淋湿了")

    assert [(one.code, "须写明原因" in one.err) for one in (refused, blank)] == [(1, True)] * 2
    assert printed.json["papers"] == [{"number": issued[0], "copy": 2}]
    assert stalls("print", "card", "--unprinted", "-o", target).code == 1


def test_two_runs_with_the_same_facts_give_the_same_bytes(
    stalls: Console, issued: list[str], tmp_path: Path
) -> None:
    first, second = tmp_path / "一.pdf", tmp_path / "二.pdf"

    stalls("print", "card", "--unprinted", "-o", first)
    stalls("print", "card", "--number", *issued, "-o", second, "--reason", "比对")

    assert first.read_bytes() == second.read_bytes()


def test_papers_are_chosen_by_number_by_day_and_by_establishment(
    stalls: Console, issued: list[str], tmp_path: Path
) -> None:
    target = tmp_path / "x.pdf"

    by_number = stalls("print", "card", "--number", issued[1], issued[0], "-o", target).json
    by_id = stalls("print", "card", "--id", "3", "4", "-o", target).json
    by_day = stalls("print", "card", "--issued-on", "2018-06-08", "-o", target, "--reason", "丢了").json

    assert [one["number"] for one in by_number["papers"]] == issued[:2]
    assert [one["number"] for one in by_id["papers"]] == issued[2:4]
    assert [one["copy"] for one in by_day["papers"]] == [2, 2, 2, 2, 1, 1]
    assert stalls("print", "card", "--issued-on", "2018-06-07", "-o", target).code == 1


@pytest.mark.parametrize(
    ("character", "code"), [("\ue000", "private_use"), ("\U0002ebf0", "glyph")], ids=["private", "no font"]
)
def test_a_character_that_no_font_has_stops_the_batch_before_the_first_page(
    empty: Console, tmp_path: Path, character: str, code: str
) -> None:
    program = office_in(tmp_path / "office")
    good = stall(address="沙湖村1组1号", operator_id_number="320482199001010019", operator_name="钱一")
    program.surveys.save("stall", good, by=program.actor, identity=UUID(int=1))
    program.surveys.save("stall", stall(), by=program.actor, identity=UUID(int=2))
    first, second = (one["number"] for one in empty("register").json["issued"])
    with program.office.db.writing(program.office.act(program.actor, "paper.test")) as session:
        paper = session.scalars(select(Paper).where(Paper.number == second)).one()
        paper.facts = {**paper.facts, "operator_name": f"钱{character}永"}  # issued by an older program
    program.close()
    target = tmp_path / "cards.pdf"

    stopped = empty("print", "card", "--unprinted", "-o", target)
    assert not target.exists()
    skipped = empty("print", "card", "--unprinted", "-o", target, "--skip-refused")
    alone = empty("print", "card", "--number", second, "-o", tmp_path / "one.pdf", "--skip-refused")

    (refused,) = stopped.json["refused"]
    assert refused["reason"] in stopped.err
    refused.pop("reason")
    assert refused == {
        "id": 2,
        "number": second,
        "code": code,
        "characters": [f"U+{ord(character):04X}"],
    }
    assert (stopped.code, stopped.json["papers"], stopped.json["pages"]) == (1, [], 0)
    assert (skipped.code, skipped.json["papers"]) == (0, [{"number": first, "copy": 1}])
    assert [one["number"] for one in skipped.json["refused"]] == [second]
    assert pages_of(target) == 1
    assert (alone.code, alone.json["papers"]) == (1, [])
    assert not (tmp_path / "one.pdf").exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"operator_name": "钱\ue000永"}, "“经营者姓名”里有旧系统的自造字（U+E000），请换成正式的字"),
        ({"operator_name": "钱\U0002ebf0永"}, "打印不出的字（U+2EBF0）"),
        ({"products": "豆" * 190}, "“经营品种”太长"),
    ],
    ids=["private use", "no font", "too long"],
)
def test_what_could_not_be_printed_costs_no_number(
    empty: Console, tmp_path: Path, changed: dict[str, str], said: str
) -> None:
    program = office_in(tmp_path / "office")
    program.surveys.save("stall", stall(**changed), by=program.actor, identity=UUID(int=1))
    good = stall(address="沙湖村1组1号", operator_id_number="320482199001010019", operator_name="钱一")
    program.surveys.save("stall", good, by=program.actor, identity=UUID(int=2))
    program.close()

    told = empty("register").json

    assert [one["number"] for one in told["issued"]] == ["TF32041310020180001"]
    assert [(one["id"], said in one["reason"]) for one in told["refused"]] == [(1, True)]


def test_an_expired_paper_is_not_printed(stalls: Console, issued: list[str], tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"

    told = stalls("print", "card", "--number", issued[0], "-o", target, today="2019-06-08")
    waiting = stalls("print", "card", "--unprinted", "-o", target, today="2019-06-08")

    assert (told.code, told.json["refused"][0]["code"]) == (1, "not_living")
    assert (waiting.code, waiting.out) == (1, "")
    assert not target.exists()


def test_where_nothing_can_be_written_nothing_is_logged(
    stalls: Console, issued: list[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")

    no_folder = stalls("print", "card", "--unprinted", "-o", tmp_path / "absent" / "x.pdf")
    a_folder = stalls("print", "card", "--unprinted", "-o", tmp_path)
    in_a_file = stalls("print", "card", "--unprinted", "-o", tmp_path / "file" / "x.pdf")

    assert (no_folder.code, "absent 不存在" in no_folder.err) == (1, True)
    assert (a_folder.code, "是文件夹" in a_folder.err) == (1, True)
    assert in_a_file.code == 1
    printed = stalls("print", "card", "--unprinted", "-o", tmp_path / "x.pdf").json
    assert {one["copy"] for one in printed["papers"]} == {1}


def test_without_its_fonts_printing_is_a_failed_environment(
    stalls: Console, issued: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SANXIAO_ASSETS", str(tmp_path / "nothing"))

    told = stalls("print", "card", "--unprinted", "-o", tmp_path / "x.pdf")

    assert (told.code, told.out) == (3, "")
    assert "make setup" in told.err


def test_certificates_and_cards_are_asked_for_apart(
    stalls: Console, issued: list[str], tmp_path: Path
) -> None:
    told = stalls("print", "certificate", "--number", issued[0], "-o", tmp_path / "x.pdf")

    assert told.code == 1
    assert issued[0] in told.err


def test_only_the_content_goes_onto_preprinted_sheets(
    stalls: Console, issued: list[str], tmp_path: Path
) -> None:
    whole, content = tmp_path / "whole.pdf", tmp_path / "content.pdf"
    stalls("print", "card", "--number", issued[0], "-o", whole)
    stalls("print", "card", "--number", issued[0], "-o", content, "--onto-preprinted", "--reason", "套打")

    with pypdfium2.PdfDocument(whole) as one, pypdfium2.PdfDocument(content) as other:
        texts = [pdf[0].get_textpage().get_text_range() for pdf in (one, other)]

    assert len(texts[1]) < len(texts[0])
    assert "钱" in texts[1] or issued[0][-4:] in texts[1]


def test_the_calibration_page_is_printed_without_a_paper_being_chosen(
    stalls: Console, issued: list[str], tmp_path: Path
) -> None:
    target = tmp_path / "rulers.pdf"

    told = stalls("print", "calibration", "--sheet", "a6", "-o", target)

    assert told.code == 0, told.err
    assert (told.json["pages"], told.json["papers"], pages_of(target)) == (1, [], 1)
    assert stalls("print", "card", "--sheet", "a6", "-o", tmp_path / "x.pdf").code == 1
    assert stalls("print", "calibration", "--unprinted", "-o", tmp_path / "x.pdf").code == 1


def test_every_paper_of_registration_is_printed_by_its_code(
    stalls: Console, issued: list[str], tmp_path: Path
) -> None:
    codes = ("application_form", "card_small", "decision_list", "display_sheet", "dossier", "roster")
    stalls("print", "card", "--unprinted", "-o", tmp_path / "cards.pdf")

    for code in (*codes, "signing_sheet", "survey_form", "survey_record"):
        target = tmp_path / f"{code}.pdf"
        told = stalls("print", code, "--id", 1, 2, "-o", target)

        assert told.code == 0, (code, told.err)
        assert told.json["pages"] == pages_of(target) > 0
        assert {paper["copy"] for paper in told.json["papers"]} == {1}
    again = stalls("print", "dossier", "--id", 1, "-o", tmp_path / "again.pdf")
    assert (again.code, "须写明原因" in again.err) == (1, True)


def test_pocket_cards_lie_eight_to_a_sheet(stalls: Console, issued: list[str], tmp_path: Path) -> None:
    target = tmp_path / "small.pdf"

    told = stalls("print", "card_small", "--unprinted", "-o", target, "--per-page", 8)

    assert (told.code, pages_of(target), len(told.json["papers"])) == (0, 1, 6)


def test_eight_cards_to_a_sheet_are_pocket_cards_and_stay_cards_in_the_log(
    stalls: Console, issued: list[str], tmp_path: Path
) -> None:
    target = tmp_path / "cards.pdf"

    told = stalls("print", "card", "--unprinted", "-o", target, "--per-page", 8)
    again = stalls("print", "card", "--unprinted", "-o", tmp_path / "again.pdf")

    assert (told.code, pages_of(target), len(told.json["papers"])) == (0, 1, 6)
    assert again.code == 1
    with pypdfium2.PdfDocument(target) as document:
        text = document[0].get_textpage().get_text_range()
    assert all(number[-4:] in text for number in issued)


def test_blank_forms_come_for_a_trade_and_in_any_number(stalls: Console, tmp_path: Path) -> None:
    target = tmp_path / "blank.pdf"

    told = stalls("print", "application_form", "--blank", "stall", "--count", 3, "-o", target)
    unknown = stalls("print", "application_form", "--blank", "nothing", "-o", tmp_path / "x.pdf")
    without = stalls("print", "dossier", "--blank", "stall", "-o", tmp_path / "x.pdf")

    assert told.json == {"file": str(target), "pages": 3, "papers": [], "refused": []}
    assert (unknown.code, "没有“nothing”这一类" in unknown.err) == (1, True)
    assert (without.code, "没有空白表" in without.err) == (1, True)


def test_a_paper_without_occasion_is_refused_with_its_code(
    stalls: Console, issued: list[str], tmp_path: Path
) -> None:
    told = stalls("print", "refusal_decision", "--id", 1, "-o", tmp_path / "x.pdf")

    assert told.code == 1
    assert [(one["id"], one["code"]) for one in told.json["refused"]] == [(1, "no_paper")]
    assert not (tmp_path / "x.pdf").exists()


def test_a_roster_is_chosen_by_its_village_and_so_are_the_cards_that_wait(
    stalls: Console, issued: list[str], tmp_path: Path
) -> None:
    told = stalls("print", "roster", "--village", "沙湖村", "-o", tmp_path / "r.pdf")
    assert (told.code, [one["number"].split()[1] for one in told.json["papers"]]) == (0, ["沙湖村"])

    rows = stalls("list", "establishments", "--village", "沙湖村").json["rows"]
    of_village = {row["paper_number"] for row in rows} & set(issued)
    cards = stalls("print", "card", "--village", "沙湖村", "-o", tmp_path / "x.pdf")
    again = stalls("print", "card", "--village", "沙湖村", "-o", tmp_path / "y.pdf")

    assert {one["number"] for one in cards.json["papers"]} == of_village != set()
    assert (again.code, "没有要打印的证卡" in again.err) == (1, True)


def test_a_named_printer_brings_the_offset_that_this_desk_has_measured(
    stalls: Console, issued: list[str], tmp_path: Path
) -> None:
    asked = ("print", "card", "--unprinted", "--onto-preprinted", "--printer", "三楼针式")
    unknown = stalls(*asked, "-o", tmp_path / "a.pdf")
    program = office_in(tmp_path / "office")
    program.printer_offsets.keep("三楼针式", "card", (1.5, -0.5), by=program.actor)
    program.database.close()

    measured = stalls(*asked, "-o", tmp_path / "b.pdf")

    assert (unknown.code, "还没有给打印机“三楼针式”量过" in unknown.err) == (1, True)
    assert measured.code == 0, measured.err
    again = ("print", "card", "--number", *issued, "--onto-preprinted", "--reason", "再打")
    assert stalls(*again, "--offset-mm", "1.5,-0.5", "-o", tmp_path / "c.pdf").code == 0
    assert (tmp_path / "b.pdf").read_bytes() == (tmp_path / "c.pdf").read_bytes()

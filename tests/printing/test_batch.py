"""A batch is checked whole, written whole, and says what it printed."""

import re
from dataclasses import replace
from hashlib import sha256
from math import inf, nan

import pytest

from printing.batch import BatchRefused, print_batch
from printing.catalogue import documents
from printing.errors import PrintError
from printing.preview import Preview
from tests.printing.eatery import EATERY
from tests.printing.reading import raw_text, whole_text, word_boxes

STALL = documents()["card"]
CERTIFICATE = documents()["certificate"]


def cards(count):
    return [replace(STALL.sample, number=f"TF 320413100 2018 {number:04d}") for number in range(1, count + 1)]


def numbers(file):
    return re.findall(r"TF\d{17}", whole_text(file))


def test_every_card_is_a_page_in_the_order_given(faces, tmp_path):
    target = tmp_path / "cards.pdf"

    done = print_batch(STALL, cards(3), target, faces)

    assert done.pages == 3
    with Preview(target) as pages:
        assert len(pages) == 3
        assert all(f"2018{number + 1:04d}" in pages.text(number) for number in range(3))
        assert pages.size_mm(0) == pytest.approx((148, 105), abs=0.1)


def test_a_refused_card_stops_the_batch_before_the_first_page_and_all_are_named(faces, tmp_path):
    batch = cards(4)
    batch[1] = replace(batch[1], number="")
    batch[3] = replace(batch[3], issuer="")

    with pytest.raises(BatchRefused) as caught:
        print_batch(STALL, batch, tmp_path / "cards.pdf", faces)

    assert [paper.index for paper in caught.value.refused] == [1, 3]
    assert list(tmp_path.iterdir()) == []


def test_the_rest_is_printed_when_the_person_asks_for_it(faces, tmp_path):
    batch = cards(3)
    batch[1] = replace(batch[1], number=" ")

    done = print_batch(STALL, batch, tmp_path / "cards.pdf", faces, skip_refused=True)

    assert done.pages == 2
    assert [index for index, _ in done.papers] == [0, 2]
    assert [paper.index for paper in done.refused] == [1]


def test_when_nothing_is_left_to_print_there_is_no_file(faces, tmp_path):
    with pytest.raises(BatchRefused):
        print_batch(STALL, [replace(cards(1)[0], number="")], tmp_path / "a.pdf", faces, skip_refused=True)
    with pytest.raises(PrintError, match="没有要打印"):
        print_batch(STALL, [], tmp_path / "a.pdf", faces)

    assert list(tmp_path.iterdir()) == []


def test_the_file_and_each_paper_have_their_fingerprint(faces, tmp_path):
    target = tmp_path / "cards.pdf"

    done = print_batch(STALL, cards(2), target, faces)

    assert done.sha256 == sha256(target.read_bytes()).hexdigest()
    assert done.papers == tuple((index, STALL.digest(facts)) for index, facts in enumerate(cards(2)))
    assert len({digest for _, digest in done.papers}) == 2


def test_cancelling_leaves_an_older_file_as_it_was_and_nothing_beside_it(faces, tmp_path):
    target = tmp_path / "cards.pdf"
    target.write_bytes(b"older")

    def stop(done, of):
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        print_batch(STALL, cards(3), target, faces, progress=stop)

    assert target.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_leaves_an_older_file_as_it_was(faces, tmp_path, monkeypatch):
    target = tmp_path / "cards.pdf"
    target.write_bytes(b"older")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("printing.flat_canvas.FlatCanvas.save", full)
    with pytest.raises(OSError, match="No space"):
        print_batch(STALL, cards(1), target, faces)

    assert target.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [target]


def test_the_file_may_be_read_like_any_other_new_file(faces, tmp_path):
    (tmp_path / "other").touch()

    print_batch(STALL, cards(1), tmp_path / "a.pdf", faces)

    assert (tmp_path / "a.pdf").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_progress_counts_checking_and_drawing(faces, tmp_path):
    heard = []

    def hear(done, of):
        heard.append((done, of))

    print_batch(STALL, cards(3), tmp_path / "a.pdf", faces, progress=hear)

    assert heard == [(step, 6) for step in range(1, 7)]


def test_cards_of_one_kind_share_their_background_and_their_fonts(faces, tmp_path):
    one, many = tmp_path / "one.pdf", tmp_path / "many.pdf"

    print_batch(STALL, cards(1), one, faces)
    print_batch(STALL, cards(40), many, faces)

    assert raw_text(many).count("/Subtype /Form") == 1
    assert (many.stat().st_size - one.stat().st_size) / 39 < 3000


def test_cards_of_two_issuers_have_two_backgrounds(faces, tmp_path):
    batch = [*cards(2), replace(cards(1)[0], issuer="西城街道食品安全委员会办公室")]

    print_batch(STALL, batch, tmp_path / "a.pdf", faces)

    assert raw_text(tmp_path / "a.pdf").count("/Subtype /Form") == 2


def test_onto_preprinted_paper_only_the_facts_are_printed(faces, tmp_path):
    print_batch(STALL, cards(1), tmp_path / "a.pdf", faces, onto_preprinted=True)

    text = whole_text(tmp_path / "a.pdf")
    assert "TF32041310020180001" in text
    assert "张𬭎" in text
    for preprinted in ("食品摊贩登记卡", "经营者姓名", "发卡单位", "食品安全委员会", "扫码"):
        assert preprinted not in text


def test_the_facts_stand_at_the_same_place_on_plain_and_on_preprinted_paper(faces, tmp_path):
    print_batch(STALL, cards(1), tmp_path / "plain.pdf", faces)
    print_batch(STALL, cards(1), tmp_path / "onto.pdf", faces, onto_preprinted=True)

    assert set(word_boxes(tmp_path / "onto.pdf")) <= set(word_boxes(tmp_path / "plain.pdf"))


def test_an_offset_moves_everything_right_and_down(faces, tmp_path):
    print_batch(STALL, cards(1), tmp_path / "at.pdf", faces, onto_preprinted=True)
    print_batch(STALL, cards(1), tmp_path / "moved.pdf", faces, onto_preprinted=True, offset_mm=(1.5, 0.7))

    before, after = word_boxes(tmp_path / "at.pdf")[0], word_boxes(tmp_path / "moved.pdf")[0]
    assert (after[0] - before[0]) * 25.4 / 72 == pytest.approx(1.5, abs=0.01)
    assert (before[1] - after[1]) * 25.4 / 72 == pytest.approx(0.7, abs=0.01)


@pytest.mark.parametrize("offset", [(30, 0), (0, -30), (nan, 0), (0, nan), (inf, 0)])
def test_an_offset_beyond_reason_is_refused(offset, faces, tmp_path):
    with pytest.raises(PrintError, match="偏移最多 20 毫米"):
        print_batch(STALL, cards(1), tmp_path / "a.pdf", faces, offset_mm=offset)


@pytest.mark.parametrize(
    ("code", "offset"),
    [("roster", (20, 20)), ("dossier", (-20, -20)), ("card", (8, 0)), ("signing_sheet", (0, 19))],
)
def test_an_offset_that_pushes_any_mark_off_the_sheet_is_refused(code, offset, faces, tmp_path):
    paper = documents()[code]

    with pytest.raises(PrintError, match="推出了纸边"):
        print_batch(paper, [paper.sample], tmp_path / "a.pdf", faces, offset_mm=offset)

    assert list(tmp_path.iterdir()) == []


def test_an_offset_within_the_margins_moves_a_list(faces, tmp_path):
    roster = documents()["roster"]

    assert print_batch(roster, [roster.sample], tmp_path / "a.pdf", faces, offset_mm=(1.5, -2)).pages


def test_a_card_is_not_made_so_small_that_it_cannot_be_read(faces, tmp_path):
    with pytest.raises(
        PrintError, match=r"“说明文字”只剩 5\.0 磅，看不清；请一页印 4 张（原大），或者改印 A7 小卡"
    ):
        print_batch(STALL, cards(5), tmp_path / "a.pdf", faces, per_page=8)


def test_eight_small_cards_lie_on_a_sheet_in_their_full_size(faces, tmp_path):
    small = documents()["card_small"]

    assert print_batch(small, [small.sample] * 8, tmp_path / "a.pdf", faces, per_page=8).pages == 1


def test_a_code_made_finer_than_a_telephone_reads_is_refused(faces):
    reasons = STALL.check_facts(replace(STALL.sample, qr_text="编" * 60), faces, scale=0.7)

    assert [(reason.code, "至少 0.47" in reason.sentence) for reason in reasons] == [("fit", True)]


def test_a_folder_that_is_not_there_is_named(faces, tmp_path):
    with pytest.raises(PrintError, match="换个地方"):
        print_batch(STALL, cards(1), tmp_path / "none" / "a.pdf", faces)


@pytest.mark.parametrize(("per_page", "sheets"), [(1, 5), (2, 3), (4, 2)])
def test_several_cards_lie_on_a_sheet(per_page, sheets, faces, tmp_path):
    target = tmp_path / "a.pdf"

    done = print_batch(STALL, cards(5), target, faces, per_page=per_page)

    assert done.pages == sheets
    assert numbers(target) == [f"TF3204131002018{number:04d}" for number in range(1, 6)]
    with Preview(target) as pages:
        assert per_page == 1 or sorted(pages.size_mm(0)) == pytest.approx([210, 297], abs=0.1)


def test_four_cards_on_a_sheet_look_as_they_did(faces, tmp_path, golden):
    print_batch(STALL, [*cards(2), EATERY], tmp_path / "a.pdf", faces, per_page=4)

    golden(tmp_path / "a.pdf", "four-on-a4", 80)


def test_a_certificate_fills_its_sheet_alone(faces, tmp_path):
    with pytest.raises(PrintError, match="一页只能印一张"):
        print_batch(CERTIFICATE, [CERTIFICATE.sample], tmp_path / "a.pdf", faces, per_page=2)


def test_the_fingerprint_of_a_paper_changes_with_its_facts():
    assert STALL.digest(STALL.sample) != STALL.digest(replace(STALL.sample, note="别的"))
    assert STALL.digest(STALL.sample) == STALL.digest(replace(STALL.sample))


def test_on_both_sides_no_paper_lies_on_the_back_of_another(faces, tmp_path):
    print_batch(STALL, cards(3), tmp_path / "alone.pdf", faces, on_both_sides=True)
    print_batch(STALL, cards(5), tmp_path / "four.pdf", faces, per_page=4, on_both_sides=True)

    assert has_words(tmp_path / "alone.pdf") == [True, False, True, False, True]
    assert has_words(tmp_path / "four.pdf") == [True, False, True]


def has_words(file):
    with Preview(file) as pages:
        return [bool(pages.text(number).strip()) for number in range(len(pages))]

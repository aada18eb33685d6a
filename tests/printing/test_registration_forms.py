"""Forms, lists and files about registration: what they leave to the pen, and where they stop."""

from dataclasses import replace

import pytest

from printing.catalogue import documents
from printing.documents.application_form import Entry
from printing.documents.certificate_duplicate import LINES
from printing.page import Page
from printing.preview import Preview
from printing.registration import Row
from tests.printing.reading import overlaps, squeezed, whole_text, word_boxes

FORM = documents()["application_form"]
CHECK = documents()["site_check_record"]
DUPLICATE = documents()["certificate_duplicate"]
DISPLAY = documents()["display_sheet"]
DOSSIER = documents()["dossier"]


def blank_form():
    empty = tuple(Entry(entry.label) for entry in FORM.sample.short)
    return replace(
        FORM.sample,
        short=empty,
        long=(Entry("地址"), Entry("品种")),
        given=(),
        asked=None,
        reference="",
        qr_text="",
    )


def test_a_blank_application_asks_everything_and_answers_nothing(faces, printed):
    assert FORM.check(blank_form(), faces) == ()
    text = whole_text(printed(FORM, blank_form()))

    assert "证件号码" in text
    assert "张𬭎" not in text


def test_an_application_without_a_promise_is_stopped(faces):
    reasons = FORM.check(replace(FORM.sample, promise=()), faces)

    assert [reason.code for reason in reasons] == ["missing_fact"]


def test_a_site_check_that_took_place_names_who_was_there(faces):
    reasons = CHECK.check(replace(CHECK.sample, inspectors=()), faces)

    assert ["核查人" in reason.sentence for reason in reasons] == [True]


def test_a_duplicate_that_is_full_is_followed_by_a_new_one(printed):
    records = tuple(replace(DUPLICATE.sample.records[0], text=f"第{place}次变更") for place in range(1, 9))

    for count, shown in ((LINES, range(1, 7)), (LINES + 1, range(7, 8)), (LINES + 2, range(7, 9))):
        text = whole_text(printed(DUPLICATE, replace(DUPLICATE.sample, records=records[:count])))
        assert [place for place in range(1, 9) if f"第{place}次变更" in text] == list(shown)


def test_a_record_of_everything_at_once_takes_the_room_of_two(faces):
    text = "；".join(f"{label}变更为：{'豆' * 58}" for label in ("名称", "生产加工地址", "生产加工品种"))
    record = replace(DUPLICATE.sample.records[0], text=text)

    assert DUPLICATE.check(replace(DUPLICATE.sample, records=(record,) * 3), faces) == ()
    reasons = DUPLICATE.check(replace(DUPLICATE.sample, records=(replace(record, text="豆" * 900),)), faces)
    assert [reason.code for reason in reasons] == ["fit"]
    assert "豆" * 900 in reasons[0].sentence


def test_a_display_sheet_has_no_line_for_a_sixth_fact(faces):
    reasons = DISPLAY.check(replace(DISPLAY.sample, rows=(*DISPLAY.sample.rows, Row("电话", "12345"))), faces)

    assert [reason.code for reason in reasons] == ["fit"]


def test_a_photograph_that_cannot_be_read_stops_the_dossier(faces):
    broken = replace(DOSSIER.sample.photos[0], picture=b"no picture")

    reasons = DOSSIER.check(replace(DOSSIER.sample, photos=(broken,)), faces)

    assert [reason.code for reason in reasons] == ["picture"]


def test_a_row_that_no_page_holds_is_refused_and_not_cut(faces):
    endless = replace(DOSSIER.sample.tables[1], rows=(("6月5日", "检查", "地面潮湿。" * 900, "／", "／"),))

    reasons = DOSSIER.check(replace(DOSSIER.sample, tables=(endless,)), faces)

    assert [reason.code for reason in reasons] == ["fit"]


@pytest.mark.parametrize("rows", range(1, 60, 3))
def test_the_head_of_a_section_is_never_alone_at_the_foot_of_a_page(rows, printed):
    table = replace(DOSSIER.sample.tables[0], rows=DOSSIER.sample.tables[0].rows[:1] * rows)
    facts = replace(DOSSIER.sample, tables=(table, *DOSSIER.sample.tables[1:]), photos=())

    with Preview(printed(DOSSIER, facts)) as pages:
        texts = [squeezed(pages.text(number)) for number in range(len(pages))]

    for page in texts[1:]:
        for title, first in (("三、检查与整改", "原料落地堆放"), ("四、材料目录", "登记申请书")):
            assert (title in page) == (first in page)


class Told(Page):
    """A page that only remembers what is written on which page of the file."""

    written: list[tuple[int, str]]

    def text(self, x, y, text, face, size, **how):
        self.written.append((self.number, text))

    figures = text


def test_the_note_of_the_dossier_never_takes_a_page_of_its_own(faces, printed):
    (first, *others), full = DOSSIER.sample.tables, DOSSIER.sample
    for count in range(1, 40):
        tables = (*others, replace(first, rows=first.rows[:1] * count))
        facts = replace(DOSSIER.sample, tables=tables, photos=())
        page = Told(faces, DOSSIER.sheet, None)
        page.written = []
        DOSSIER.draw(page, facts)
        last = {said for number, said in page.written if number == page.number}
        assert last - {facts.note, facts.name, facts.cover.archive_number, f"— {page.number - 1} —"}
        full = facts if page.number == 2 else full  # as many rows as the first page holds

    assert overlaps(word_boxes(printed(DOSSIER, full), 1)) == []


def test_the_dossier_numbers_its_pages_behind_the_cover(printed):
    with Preview(printed(DOSSIER, DOSSIER.sample)) as pages:
        texts = [squeezed(pages.text(number)) for number in range(len(pages))]

    assert "—1—" not in texts[0]
    assert "—1—" in texts[1]
    assert "—2—" in texts[2]

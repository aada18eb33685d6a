"""One sheet as a form: checked while it is typed, never lost, never doubled, never overwriting others."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services.register.leafing import Filters
from desktop.views.survey import draft_keys
from desktop.views.survey.desk import SurveyDesk
from desktop.views.survey.form import SurveyFormPage
from desktop.views.survey.section_list import SectionState
from tests.offices import stall

Settled = Callable[[], None]
CTRL = Qt.KeyboardModifier.ControlModifier
NUMBER = "320413198603279990"
WRONG = "320413198603279991"


@pytest.fixture
def form(qtbot: QtBot, desk: SurveyDesk, settled: Settled) -> SurveyFormPage:
    return opened(qtbot, desk, settled)


def opened(qtbot: QtBot, desk: SurveyDesk, settled: Settled, kind: str = "stall") -> SurveyFormPage:
    page = SurveyFormPage(desk, kind)
    qtbot.addWidget(page)
    page.resize(1222, 700)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.cards.watch(False)  # a test types as fast as a card reader
    page.fields.focus_first()
    settled()
    return page


def put_in(page: SurveyFormPage, **typed: object) -> None:
    """Fill fields as a person who goes through them all."""
    page.fields.fill(typed)


def count(desk: SurveyDesk) -> int:
    return desk.establishments.count(Filters(), by=desk.actor)


@pytest.mark.parametrize("kind", ["workshop", "stall", "eatery"])
def test_every_question_of_the_rule_pack_has_a_field_that_gives_back_what_it_was_shown(
    qtbot: QtBot, desk: SurveyDesk, settled: Settled, kind: str
) -> None:
    page = opened(qtbot, desk, settled, kind)
    samples = {
        "text": "大饼",
        "long_text": "大饼、油条",
        "yes_no": "是",
        "count": "3",
        "area": "46.5",
        "date": "2018-05-29",
        "identity_number": NUMBER,
        "phone": "13912345678",
        "credit_code": "92320413MA1X00000X",
        "village": "沙湖村",
    }
    for question in page.form.questions:
        asked = page.fields.fields[question.code]
        sample = question.choices[-1].code if question.choices else samples[question.type]
        asked.show(sample)
        assert asked.typed() == sample, question.code

    assert set(page.fields.fields) == {question.code for question in page.form.questions}


def test_a_wrong_identity_number_is_said_on_leaving_its_field_with_what_was_read_from_it(
    qtbot: QtBot, form: SurveyFormPage
) -> None:
    form.fields.focus_code("operator_id_number")
    qtbot.keyClicks(QApplication.focusWidget(), WRONG)

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    error = form.fields.fields["operator_id_number"].field.error
    assert "最后一位对不上" in error
    assert "1986-03-27" in error
    assert form.fields.current_code() == "phone"
    assert form.sections.lines[1].state is SectionState.WRONG
    assert form.fields.typed()["operator_id_number"] == WRONG


def test_a_right_number_tells_place_birth_sex_and_age_and_full_width_digits_are_folded(
    qtbot: QtBot, form: SurveyFormPage
) -> None:
    form.fields.focus_code("operator_id_number")
    line = form.fields.fields["operator_id_number"].field.focusProxy()
    line.insert("".join(chr(ord(char) + 0xFEE0) for char in NUMBER))

    qtbot.keyClick(line, Qt.Key.Key_Return)

    assert form.fields.typed()["operator_id_number"] == NUMBER
    assert "金坛区、1986-03-27、男、32 岁" in form.fields.fields["operator_id_number"].field._note.text()


def test_enter_leads_through_every_field_of_every_section_to_the_save_button(
    qtbot: QtBot, form: SurveyFormPage
) -> None:
    form.fields.show_place(0)
    seen = []
    while form.save_button is not QApplication.focusWidget():
        seen.append(form.fields.current_code())
        assert len(seen) <= len(form.form.questions), seen[-1]
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    assert sorted(seen) == sorted(question.code for question in form.form.questions)


def test_enter_belongs_to_the_input_method_while_it_composes(qtbot: QtBot, form: SurveyFormPage) -> None:
    form.fields.focus_code("operator_name")
    line = QApplication.focusWidget()

    QApplication.sendEvent(line, QInputMethodEvent("gu", []))
    qtbot.keyClick(line, Qt.Key.Key_Return)

    assert form.fields.current_code() == "operator_name"
    QApplication.sendEvent(line, QInputMethodEvent("", []))


def test_ctrl_enter_saves_and_the_next_sheet_keeps_village_surveyor_and_date(
    qtbot: QtBot, desk: SurveyDesk, form: SurveyFormPage, settled: Settled
) -> None:
    put_in(form, **stall(operator_name="𠮷娣"))
    settled()

    with qtbot.waitSignal(form.saved, timeout=10_000):
        qtbot.keyClick(form, Qt.Key.Key_Return, CTRL)
    settled()

    typed = {code: value for code, value in form.fields.typed().items() if value}
    assert typed == {"village": "沙湖村", "surveyor": "陈国华", "surveyed_on": "2018-05-29"}
    (row,) = desk.establishments.page(Filters(), by=desk.actor)
    assert row.operator_name == "𠮷娣"
    assert row.archive_number in form.message.sentence
    assert desk.drafts.list(by=desk.actor) == ()


def test_what_is_wrong_is_named_at_each_field_and_nothing_is_saved(
    qtbot: QtBot, desk: SurveyDesk, form: SurveyFormPage, settled: Settled
) -> None:
    put_in(form, village="沙湖村", operator_id_number=WRONG)

    form.save_button.click()
    settled()

    fields = form.fields.fields
    assert "还空着" in fields["operator_name"].field.error
    assert "还空着" in fields["address"].field.error
    assert form.fields.current_code() == "address"
    assert count(desk) == 0
    assert "还没有保存" in form.message.sentence


def test_nobody_is_scolded_for_fields_they_have_not_reached(
    qtbot: QtBot, form: SurveyFormPage, settled: Settled
) -> None:
    put_in(form, operator_name="顾来娣")
    settled()

    assert not form.fields.fields["address"].field.error


def test_a_draft_is_kept_from_the_first_keystroke_and_found_again(
    qtbot: QtBot, desk: SurveyDesk, form: SurveyFormPage, settled: Settled
) -> None:
    form.fields.focus_code("operator_name")
    qtbot.keyClicks(QApplication.focusWidget(), "G")
    qtbot.waitUntil(lambda: bool(desk.drafts.list(by=desk.actor)), timeout=5000)
    settled()
    (draft,) = desk.drafts.list(draft_keys.NEW, by=desk.actor)
    assert "草稿已存" in form.footer.note

    other = opened(qtbot, desk, settled)
    other.resume(draft)
    settled()

    assert other.fields.typed()["operator_name"] == "G"
    assert other.sheet.identity == form.sheet.identity


def test_leaving_the_page_keeps_what_was_typed(
    qtbot: QtBot, desk: SurveyDesk, form: SurveyFormPage, settled: Settled
) -> None:
    put_in(form, operator_name="顾来娣")

    with qtbot.waitSignal(form.left):
        form.go_back()
    settled()

    assert [draft.label for draft in desk.drafts.list(by=desk.actor)] == ["小摊贩 顾来娣"]


def test_a_likely_duplicate_stops_saving_until_somebody_decides(
    qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], form: SurveyFormPage, settled: Settled
) -> None:
    put_in(form, **stall(operator_id_number="", address="后阳村9号"))
    settled()
    assert form.duplicates.alike.id == three[0]

    form.save_button.click()
    settled()
    assert count(desk) == 3
    form.duplicates.other_button.click()
    settled()
    with qtbot.waitSignal(form.saved, timeout=10_000):
        form.save_button.click()
    settled()

    assert count(desk) == 4


def test_the_same_establishment_is_updated_and_not_made_twice(
    qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], form: SurveyFormPage, settled: Settled
) -> None:
    put_in(form, **stall(products="馄饨、大饼"))
    settled()

    form.duplicates.same_button.click()
    settled()
    assert form.sheet.establishment_id == three[0]
    with qtbot.waitSignal(form.saved, timeout=10_000):
        form.save_button.click()
    settled()

    assert count(desk) == 3
    assert desk.establishments.detail(three[0], by=desk.actor).row.products == "馄饨、大饼"


def test_a_sheet_put_aside_waits_as_a_draft_and_the_next_one_is_empty(
    qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], form: SurveyFormPage, settled: Settled
) -> None:
    put_in(form, **stall())
    settled()

    form.duplicates.later_button.click()
    settled()

    assert [draft.label for draft in desk.drafts.list(by=desk.actor)] == ["小摊贩 钱杰永"]
    assert not form.fields.typed()["operator_name"]


def test_the_change_of_somebody_else_is_shown_and_what_was_typed_stays(
    qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], form: SurveyFormPage, settled: Settled
) -> None:
    form.begin_change(three[0])
    settled()
    put_in(form, products="大饼")
    other = replace(desk.actor, name="吴芳")
    theirs = stall(phone="13800001111")
    version = desk.establishments.detail(three[0], by=desk.actor).version
    desk.surveys.save(
        "stall", theirs, by=other, identity=UUID(int=9), establishment_id=three[0], version=version
    )

    form.save_button.click()
    settled()
    assert "“17921275136”→“13800001111”" in form.message.sentence
    assert form.fields.typed()["products"] == "大饼"
    form.take_button.click()
    with qtbot.waitSignal(form.saved, timeout=10_000):
        form.save_button.click()
    settled()

    row = desk.establishments.reveal(three[0], by=desk.actor)
    assert (row.phone, row.products) == ("13800001111", "大饼")


def test_a_prohibited_product_is_said_as_a_warning_and_does_not_stop(
    qtbot: QtBot, desk: SurveyDesk, form: SurveyFormPage, settled: Settled
) -> None:
    product = next(iter(desk.profile.prohibited("stall"))).word
    put_in(form, **stall(products=product))
    settled()

    assert not form.fields.fields["products"].field.error
    assert product in form.fields.fields["products"].field._warning
    with qtbot.waitSignal(form.saved, timeout=10_000):
        form.save_button.click()
    settled()


@pytest.mark.parametrize("zoom", [1.0, 1.5])
def test_the_page_fits_the_lowest_screen(
    qtbot: QtBot, desk: SurveyDesk, form: SurveyFormPage, settled: Settled, theme: object, zoom: float
) -> None:
    put_in(form, village="沙湖村", operator_name="阿卜杜拉赫曼·买买提明·吐尔逊江" * 2)

    theme.set_zoom(zoom)
    form.resize(1258, 639)
    settled()

    assert form.minimumSizeHint().width() <= 1258
    assert form.minimumSizeHint().height() <= 639

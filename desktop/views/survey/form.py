"""One sheet as a form: sections at the left, checks at each field, a draft from the first keystroke."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.forms import Severity, read_answers
from desktop.errors import ChangedMeanwhileError
from desktop.services.register.duplicates import Alike
from desktop.services.register.establishments import EstablishmentDetail
from desktop.services.survey.drafts import DraftRow
from desktop.services.survey.surveys import RefusedAnswers, Saved
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, row
from desktop.views.kit.buttons import Button, PrimaryButton, SmallButton
from desktop.views.kit.choices import Choice, Segmented
from desktop.views.kit.look import look
from desktop.views.kit.panels import Banner, PageHead, Panel
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import IconMark, Words
from desktop.views.survey.answer_fields import Offers
from desktop.views.survey.card_filling import CardFilling
from desktop.views.survey.desk import SurveyDesk
from desktop.views.survey.draft_footer import DraftFooter
from desktop.views.survey.draft_keeper import DraftKeeper
from desktop.views.survey.duplicate_pane import DuplicatePane
from desktop.views.survey.register_check import RegisterCheck, Verdict
from desktop.views.survey.section_list import SectionList
from desktop.views.survey.sheet import (
    CARRIED,
    OthersChange,
    Outcome,
    Sheet,
    called,
    caught_up,
    changed_by_others,
    sheet_from_draft,
    sheet_of,
    told,
)
from desktop.views.survey.sheet_fields import SheetFields


class SurveyFormPage(QWidget):
    """The page of one sheet; it is built anew for each trade and reads everything from the rule pack."""

    saved = Signal(int)
    left = Signal()
    grid_asked = Signal(str)

    def __init__(self, desk: SurveyDesk, kind: str) -> None:
        super().__init__()
        self._desk = desk
        self.form = desk.profile.form(kind)
        self.sheet = Sheet(kind, desk.new_identity())
        self.goes_on = True
        self._count = 0
        self._decided: set[int] = set()
        self._others: tuple[OthersChange, ...] = ()
        self.fields = SheetFields(self.form, Offers([v.name for v in desk.villages], desk.clock.today))
        self.sections = SectionList(self.fields.sections)
        self.duplicates = DuplicatePane()
        self.drafts = DraftKeeper(desk, self._draft, self)
        self.cards = CardFilling(self, self.fields)
        self.view_switch = Segmented([Choice("form", "表单", "file-text"), Choice("grid", "网格", "table")])
        self.view_switch.set_value("form")
        self.head = PageHead(self.form.title, self.view_switch)
        self.take_button = SmallButton("换成对方的")
        self.message = Banner(Status.INFO, "", self.take_button)
        self._no_duplicate = Words("", role="muted", wraps=True)
        self.draft_button = Button("存草稿", shortcut="Ctrl+S")
        self.save_button = PrimaryButton("保存并下一户", shortcut="Ctrl+Enter")
        self.footer = DraftFooter(self.draft_button, self.save_button)
        self.check = RegisterCheck(desk, self.form, self._on_desk, self)

        self._arrange()

        self._connect()
        self.begin_new()

    def begin_new(self) -> None:
        """Begin an empty sheet; village, surveyor and date stay from the one before."""
        stays = (code for code in CARRIED if self.form.has(code))
        carried = {code: value for code in stays if (value := self.fields.tidy(code))}
        carried.setdefault("surveyed_on", self._desk.clock.today().isoformat())
        self.goes_on = True
        self._begin(Sheet(self.form.kind, self._desk.new_identity()), carried)

    def begin_change(self, establishment_id: int) -> None:
        """Fetch an establishment and open its sheet."""
        self.goes_on = False
        self._fetch(establishment_id, self._opened)

    def resume(self, draft: DraftRow) -> None:
        """Go on with a draft where it was left."""
        sheet, typed = sheet_from_draft(draft.typed)
        self.goes_on = sheet.is_new
        self._begin(sheet, typed)
        self.message.tell(Status.SUCCESS, "草稿已找回，接着填就行。")
        self.check.ask_now()

    def go_back(self) -> bool:
        """Leave the page with what was typed kept as a draft; the place decides where to go."""
        if self.drafts.is_waiting:
            self.drafts.keep_now()
        self.left.emit()
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.cards.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.cards.watch(False)
        if self.drafts.is_waiting:
            self.drafts.keep_now()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rescale()

    def rescale(self) -> None:
        """Give a likely duplicate its room; on a narrow window the list of sections makes way for it."""
        needed = look().at.section_list + look().at.side_pane + look().at.search
        self.sections.setVisible(self.width() >= needed or self.duplicates.alike is None)

    def _arrange(self) -> None:
        panel = Panel(margins="none")
        self._verdict = box(
            row(IconMark("circle-check", role="success"), Grow(self._no_duplicate), margins="large small")
        )
        panel.add(Grow(self.fields), self._verdict)
        self.setLayout(
            column(
                self.head,
                self.message,
                Grow(row(self.sections, Grow(panel), self.duplicates, gap="medium")),
                self.footer,
                gap="small",
            )
        )
        self.duplicates.hide()
        self.message.hide()
        self.take_button.hide()
        self._say_no_duplicate("")

    def _connect(self) -> None:
        self.fields.changed.connect(self._field_changed)
        self.fields.left.connect(self._field_left)
        self.fields.section_finished.connect(self._section_finished)
        self.sections.chosen.connect(self._section_chosen)
        self.duplicates.same_asked.connect(self._same_asked)
        self.duplicates.other_asked.connect(self._other_asked)
        self.duplicates.later_asked.connect(self._later_asked)
        self.drafts.kept.connect(self.footer.say)
        self.drafts.failed.connect(self._say_failed)
        self.cards.filled.connect(self._card_filled)
        self.view_switch.changed.connect(self._view_chosen)
        self.take_button.clicked.connect(self._take_pressed)
        self.draft_button.clicked.connect(self.drafts.keep_now)
        self.save_button.clicked.connect(self._save_pressed)
        self.check.answered.connect(self._register_answered)
        self.check.failed.connect(self._failed)
        QShortcut(QKeySequence("Ctrl+PgDown"), self).activated.connect(self._next_section)
        QShortcut(QKeySequence("Ctrl+PgUp"), self).activated.connect(self._section_before)

    # What is on the desk

    def _begin(self, sheet: Sheet, typed: Mapping[str, object]) -> None:
        self.sheet = sheet
        self._decided.clear()
        self._others = ()
        self.drafts.begin(sheet.draft_key)
        self.fields.show_typed(typed)
        self._show_alike(())
        self.take_button.hide()
        self.footer.say("")
        self._say_no_duplicate("")
        self.save_button.setText("保存并下一户" if self.goes_on else "保存修改")
        self._say_subtitle()
        self._show_states()
        self.sections.show_place(0)
        self.fields.show_place(0, focus=False)
        self.fields.focus_first()
        self.sections.show_place(self.fields.currentIndex())

    def _fetch(self, establishment_id: int, arrived: Callable[[EstablishmentDetail], None]) -> None:
        establishments, actor = self._desk.establishments, self._desk.actor

        def fetch(progress: Progress) -> EstablishmentDetail:
            return establishments.sheet(establishment_id, by=actor)

        self._desk.jobs.run(fetch, owner=self, done=arrived, failed=self._failed)

    def _opened(self, detail: EstablishmentDetail) -> None:
        sheet = sheet_of(detail)
        self._begin(sheet, sheet.base)
        self.message.hide()

    def _draft(self) -> tuple[str, Mapping[str, Any]]:
        typed = self.fields.typed()
        trade = self._desk.profile.trade(self.sheet.kind).short_label
        how = "" if self.sheet.is_new else f"修改 {self.sheet.archive_number} "
        return f"{how}{trade} {called(typed)}", self.sheet.draft(typed)

    def _say_subtitle(self) -> None:
        typed = self.fields.typed()
        kept = " · ".join(str(typed[code]) for code in CARRIED if typed.get(code))
        if not self.sheet.is_new:
            self.head.set_subtitle(f"修改 {self.sheet.archive_number} {called(self.sheet.base)}")
            return
        entered = f"　本次已录 {self._count} 户" if self._count else ""
        self.head.set_subtitle(f"每条沿用：{kept}{entered}" if kept else entered.strip())

    # Sections

    def _section_chosen(self, place: int) -> None:
        self.fields.show_place(place)

    def _section_finished(self, place: int) -> None:
        if place + 1 < len(self.fields.sections):
            self.sections.show_place(place + 1)
            self.fields.show_place(place + 1)
        else:
            self.save_button.setFocus()

    def _next_section(self) -> None:
        self._section_finished(min(self.fields.currentIndex(), len(self.fields.sections) - 2))

    def _section_before(self) -> None:
        place = max(self.fields.currentIndex() - 1, 0)
        self.sections.show_place(place)
        self.fields.show_place(place)

    def _show_states(self) -> None:
        for place in range(len(self.fields.sections)):
            state, errors = self.fields.state(place)
            self.sections.show_state(place, state, errors)

    # While somebody types

    def _field_changed(self, code: str) -> None:
        self.drafts.touch()
        self._show_states()
        if code in CARRIED:
            self._say_subtitle()

    def _field_left(self, code: str) -> None:
        self._show_states()
        self.check.ask()

    def _on_desk(self) -> tuple[Sheet, dict[str, object]]:
        return self.sheet, self.fields.typed()

    def _register_answered(self, verdict: Verdict) -> None:
        self.fields.show_problems(verdict.problems)
        self._show_states()
        self._show_alike(verdict.alike)
        self._say_no_duplicate(verdict.in_words(frozenset(self._decided)))

    def _show_alike(self, alike: tuple[Alike, ...]) -> None:
        undecided = [one for one in alike if one.id not in self._decided]
        self.duplicates.show_alike(undecided[0] if undecided else None, self.fields.typed())
        self.rescale()

    def _say_no_duplicate(self, words: str) -> None:
        self._no_duplicate.setText(words)
        self._verdict.setVisible(bool(words))

    def _card_filled(self, sentence: str) -> None:
        self.sections.show_place(self.fields.currentIndex())
        self.message.tell(Status.SUCCESS, sentence)

    # Saving

    def _save_pressed(self) -> None:
        desk, sheet, typed, form = self._desk, self.sheet, self.fields.typed(), self.form
        decided, key = frozenset(self._decided), self.sheet.draft_key
        self.drafts.forget()
        self.save_button.setEnabled(False)

        def save(progress: Progress) -> Outcome:
            reading = read_answers(form, typed)
            if not reading.errors:
                alike = desk.surveys.alike(
                    sheet.kind, reading.answers, except_id=sheet.establishment_id, by=desk.actor
                )
                undecided = tuple(one for one in alike if one.id not in decided)
                if undecided:
                    return Outcome(None, undecided)
            saved = desk.surveys.save(
                sheet.kind,
                typed,
                by=desk.actor,
                identity=sheet.identity,
                establishment_id=sheet.establishment_id,
                version=sheet.version,
            )
            desk.drafts.discard(key, by=desk.actor)
            return Outcome(saved)

        desk.jobs.run(save, owner=self, done=self._save_answered, failed=self._not_saved, label="保存")

    def _save_answered(self, outcome: Outcome) -> None:
        self.save_button.setEnabled(True)
        if outcome.saved is None:
            self._show_alike(outcome.alike)
            self.message.tell(Status.WARNING, "还没有保存：先定一下是不是同一户。")
            self.duplicates.same_button.setFocus()
            self.drafts.touch()
            return
        self._after_saving(outcome.saved)

    def _after_saving(self, saved: Saved) -> None:
        name = called(self.fields.typed())
        warned = [p.message for p in saved.warnings if p.severity is Severity.WARNING]
        words = f"已存 {saved.archive_number} {name}。" + "；".join(warned)
        if self.goes_on:
            self._count += 1
            self.begin_new()
            self.message.tell(Status.WARNING if warned else Status.SUCCESS, words)
        self.saved.emit(saved.id)

    def _not_saved(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        self.drafts.touch()
        match error:
            case RefusedAnswers():
                self._show_refused(error)
            case ChangedMeanwhileError() if self.sheet.establishment_id is not None:
                self._fetch(self.sheet.establishment_id, self._others_arrived)
            case _:
                self._failed(error)

    def _show_refused(self, refused: RefusedAnswers) -> None:
        self.fields.show_problems(refused.problems, everywhere=True)
        self._show_states()
        first = self.fields.first_error()
        self.fields.focus_code(first)
        self.sections.show_place(self.fields.currentIndex())
        self.message.tell(Status.DANGER, f"还没有保存：有 {len(refused.problems)} 处要改，已标在格子下面。")

    def _others_arrived(self, detail: EstablishmentDetail) -> None:
        """Tell what the other one changed; what was typed here stays, and saving again means it."""
        now = sheet_of(detail)
        self._others = changed_by_others(self.sheet, now)
        self.sheet = caught_up(self.sheet, now)
        words = told(self._others, self.form) or "没有动答案，只动了状态"
        self.message.tell(
            Status.WARNING, f"这户刚被别人改过：{words}。您填的都还在；再保存一次就按您填的写入。"
        )
        self.take_button.setVisible(bool(self._others))

    def _take_pressed(self) -> None:
        self.fields.fill({change.code: change.now for change in self._others})
        self.take_button.hide()
        self.message.tell(Status.SUCCESS, "已换成对方的值，其余仍是您填的；保存后生效。")

    # Duplicates

    def _same_asked(self, alike: Alike) -> None:
        self._fetch(alike.id, self._same_arrived)

    def _same_arrived(self, detail: EstablishmentDetail) -> None:
        """Turn the new sheet into a change of the establishment: what was typed goes over what is there."""
        typed = {code: value for code, value in self.fields.typed().items() if value}
        self.drafts.discard()
        sheet = sheet_of(detail)
        changes = sum(sheet.base.get(code) != value for code, value in typed.items())
        self._begin(sheet, {**sheet.base, **typed})
        self.message.tell(
            Status.INFO, f"已转为修改 {sheet.archive_number}，有 {changes} 项与原来不同；保存后更新，不另建。"
        )

    def _other_asked(self, alike: Alike) -> None:
        self._decided.add(alike.id)
        self.check.ask_now()
        self.fields.focus_first()

    def _later_asked(self, alike: Alike) -> None:
        self.drafts.keep_now()
        self.begin_new()
        self.message.tell(Status.INFO, "这一张已搁置成草稿，在“摸底调查”首页可以接着填。")

    # Elsewhere

    def _view_chosen(self, view: str) -> None:
        if view == "grid":
            self.view_switch.set_value("form")
            self.grid_asked.emit(self.form.kind)

    def _say_failed(self, sentence: str) -> None:
        self.message.tell(Status.DANGER, sentence)

    def _failed(self, error: Exception) -> None:
        self._say_failed(str(error))

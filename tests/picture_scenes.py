"""The scenes of the window that are drawn: each sets a page up the way somebody works on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from desktop.domain.rectification import FollowUp
from desktop.domain.wall import Column
from desktop.models.registration import Paper
from desktop.pages import read_known
from desktop.services.papers.print_orders import Wanted
from desktop.services.rectification.inspections import Fault
from desktop.views.rectification.item_line import NO
from desktop.views.rectification.wall_view import AFTER, TO_VISIT
from desktop.views.registration import page as tabs
from desktop.views.settings.page import KEYS
from desktop.views.welcome.desk import FirstStartDesk, SignInDesk
from desktop.views.welcome.first_start import FirstStart
from desktop.views.welcome.sign_in import SignIn
from tests.picture_exchange import show_alike, show_conflicts, show_duplicates, show_sendings
from tests.picture_planning import let_a_campaign_begin, let_a_year_be_planned, let_some_be_drawn
from tests.picture_stage import Stage

BLOCK = (
    "沙湖豆腐坊\t蒋林\t320482197908184536\t13912345678\t豆腐、百叶\t6组23号\n"
    "老蒋酒坊\t蒋秀英\t320482196702304621\t139123\t白酒\t3组8号\n"
    "吴记面坊\t吴强\t320482198801012034\t13812345678\t挂面\t11组4号\n"
)
CORNER = 40
LONG_FINDING = "操作间地面破损积水，未设置防蝇防鼠设施，原料与成品混放，从业人员未持有效健康证明上岗"


@dataclass(frozen=True, slots=True)
class Scene:
    """One page: its name, how it is set up, how it is left; drawn as it comes, larger, and in the dark."""

    name: str
    set_up: Callable[[Stage], None]
    leave: Callable[[Stage], None] | None = None


def _place(place: str) -> Callable[[Stage], None]:
    def opened(stage: Stage) -> None:
        stage.go(place)

    return opened


def _register(stage: Stage) -> None:
    stage.survey()


def _detail(stage: Stage) -> None:
    table = stage.survey().register.table
    table.view.clearSelection()
    table.view.selectRow(3)
    table.view.setFocus()


def _columns(stage: Stage) -> None:
    """Lay the column chooser over the register: a popup is a window of its own, and a picture shows one."""
    table = stage.survey().register.table
    table.open_chooser(stage.window)
    table.chooser.setWindowFlags(Qt.WindowType.Widget)
    table.chooser.setParent(stage.window)
    table.chooser.setStyleSheet("")  # as a part of the window it wears what the window wears
    table.chooser.adjustSize()
    right, lowest = (stage.window.size() - table.chooser.size()).toTuple()
    table.chooser.move(right - CORNER, min(CORNER * 4, lowest))
    table.chooser.show()


def _leave_columns(stage: Stage) -> None:
    stage.survey().register.table.chooser.hide()


def _village(stage: Stage) -> None:
    """Type the first letters of a village."""
    place = stage.survey()
    place.begin_new("workshop")
    stage.settle()
    form: Any = place.shown
    line = form.fields.fields["village"].field.framed_control().line
    line.setFocus()
    line.selectAll()  # as the keyboard does on its way in
    QTest.keyClicks(line, "s")


def _follow_ups(stage: Stage) -> None:
    page = stage.go("rectification")
    page.show_wall()
    next(one for one in page.wall.parts.segments if one.choice.code == AFTER).click()


def _visits(stage: Stage) -> None:
    let_some_be_drawn(stage.program)
    let_a_year_be_planned(stage.program)
    let_a_campaign_begin(stage.program)
    page = stage.go("rectification")
    page.show_wall()
    next(one for one in page.wall.parts.segments if one.choice.code == TO_VISIT).click()


def _draws(stage: Stage) -> None:
    let_some_be_drawn(stage.program)
    stage.go("rectification").show_draws()


def _campaigns(stage: Stage) -> None:
    let_a_campaign_begin(stage.program)
    stage.go("rectification").show_campaigns()


def _campaign_form(stage: Stage) -> None:
    _campaigns(stage)
    stage.settle()
    stage.go("rectification").campaigns.acts.edit_button.click()


def _campaign_schedule(stage: Stage) -> None:
    _campaign_form(stage)
    stage.settle()
    form = stage.go("rectification").campaign_form
    form.body.ensureWidgetVisible(form.tasks.add_button)


def _plan(stage: Stage) -> None:
    let_a_year_be_planned(stage.program)
    stage.go("rectification").show_plan()


def _inspectors(stage: Stage) -> None:
    _draws(stage)
    stage.settle()
    stage.go("rectification").draws.inspectors_button.click()


def _look_back(stage: Stage) -> None:
    page = stage.go("rectification")
    page.show_wall()
    stage.settle()
    page.begin_look_back(page.wall.after[FollowUp.REGISTERED].list.cards.cards[0].id)
    stage.settle()
    page.look_back.outcome.set_value("rebounded")
    page.look_back.outcome.changed.emit()


def _close_down(stage: Stage) -> None:
    page = stage.go("rectification")
    page.begin_close_down(page.wall.after[FollowUp.REGISTERED].list.cards.cards[0].id)


def _search(stage: Stage) -> None:
    stage.survey()
    stage.window.place_search.start()
    stage.window.place_search.line.setText("df")


def _leave_search(stage: Stage) -> None:
    stage.window.place_search.line.clear()
    stage.window.place_search.leave()


def _form(kind: str) -> Callable[[Stage], None]:
    def opened(stage: Stage) -> None:
        stage.survey().begin_new(kind)

    return opened


def _form_with_errors(stage: Stage) -> None:
    place = stage.survey()
    place.begin_new("workshop")
    form: Any = place.shown
    form.fields.fill({"name": "沙湖豆腐坊", "operator_name": "蒋林", "village": "沙湖村"})
    form.fields.fill({"operator_id_number": "320482197908184530", "phone": "1391234567"})
    form.save_button.click()


def _leave_sheet(stage: Stage) -> None:
    """Leave nothing behind: a draft would stand in the pictures that follow."""
    stage.settle()
    stage.survey()
    for draft in stage.program.drafts.list("", by=stage.actor):
        stage.program.drafts.discard(draft.key, by=stage.actor)


def _grid(stage: Stage) -> None:
    place = stage.survey()
    place.begin_grid("workshop")
    page: Any = place.shown
    codes = [question.code for question in page.model.questions]
    page.carried.show_typed({"village": "沙湖村", "surveyor": "陈国华", "surveyed_on": "2018-06-28"})
    page.model.carry(page.carried.typed())
    page.view.setCurrentIndex(page.model.index(0, codes.index("name")))
    QGuiApplication.clipboard().setText(BLOCK)
    QTest.keyClick(page.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    page.view.go_to_next_problem()


def _dossier(stage: Stage) -> None:
    page = stage.go("dossier")
    case = stage.program.rectifications.case(stage.case_in(Column.LATE), by=stage.actor)
    page.show_establishment(case.establishment_id)


def _tab(tab: str) -> Callable[[Stage], None]:
    def opened(stage: Stage) -> None:
        stage.go("registration").go(tab)

    return opened


def _printed(tab: str) -> Callable[[Stage], None]:
    """Open a tab of what was printed; the certificates are printed the first time."""

    def opened(stage: Stage) -> None:
        if not stage.program.paper_collections.waiting(by=stage.actor):
            papers = stage.program.papers
            into = stage.program.data.root / "登记证.pdf"
            papers.print(Wanted("certificate", is_unprinted=True), into, by=stage.actor)
        stage.go("registration").go(tab)

    return opened


def _new_application(stage: Stage) -> None:
    page = stage.go("registration")
    page.go(tabs.APPLICATIONS)
    page.applications.start_for(stage.candidates()[0])


def _leave_application(stage: Stage) -> None:
    stage.go("registration").go_back()


def _wall(stage: Stage) -> None:
    stage.go("rectification").show_wall()


def _case(column: Column) -> Callable[[Stage], None]:
    def opened(stage: Stage) -> None:
        stage.go("rectification").show_case(stage.case_in(column))

    return opened


def _inspection(stage: Stage) -> None:
    page = stage.go("rectification")
    page.inspect(stage.candidates()[0])
    stage.settle()
    first, second = page.inspection.lines[:2]
    page.inspection.rest_button.click()
    for line in (first, second):
        line.set_answer(NO)
    first.finding.set_value(LONG_FINDING)


def _inspection_search(stage: Stage) -> None:
    page = stage.go("rectification")
    page.show_wall()
    page.wall.inspect_button.click()
    page.inspection.search.line.setText("df")


def _messages(stage: Stage) -> None:
    page = stage.go("rectification")
    page.show_wall()
    page.wall.messages_button.click()
    stage.settle()
    page.messages.all_button.click()


def _order(stage: Stage) -> None:
    """Show findings that wait for an order; they are kept, as an inspection leaves them."""
    program, day = stage.program, stage.program.clock.today()
    waiting = program.inspections.waiting(by=stage.actor)
    if not waiting:
        establishment_id = stage.candidates()[-1]
        kind = program.establishments.detail(establishment_id, by=stage.actor).row.kind
        items = program.inspections.items(kind, by=stage.actor)
        program.inspections.record(
            establishment_id,
            on=day,
            inspectors=["陈国华", "吴晓燕"],
            mode="routine",
            faults=[Fault(items[0].code, LONG_FINDING, False), Fault(items[1].code, items[1].finding, False)],
            not_applicable=[],
            by=stage.actor,
        )
        waiting = program.inspections.waiting(by=stage.actor)
    stage.go("rectification").show_findings(waiting[0].finding.establishment_id)


def _shortcuts(stage: Stage) -> None:
    stage.survey()
    stage.window.top_bar.shortcuts_button.click()


def _leave_shortcuts(stage: Stage) -> None:
    stage.window.go_back()


def _verify(stage: Stage) -> None:
    page = stage.go("registration")
    with stage.program.database.reading() as session:
        code = session.scalars(select(Paper.signed_code).order_by(Paper.id)).first()
    assert code, "the sample township has papers"
    page.go(tabs.VERIFY)
    page.verify(code)


def _keys(stage: Stage) -> None:
    stage.go("settings").go(KEYS)


SCENES = (
    Scene("01-workbench", _place("workbench")),
    Scene("02-survey", _register),
    Scene("02-survey-detail", _detail),
    Scene("02-survey-columns", _columns, leave=_leave_columns),
    Scene("02-survey-search", _search, leave=_leave_search),
    Scene("02-survey-shortcuts", _shortcuts, leave=_leave_shortcuts),
    Scene("03-form-workshop", _form("workshop"), leave=_leave_sheet),
    Scene("03-form-village", _village, leave=_leave_sheet),
    Scene("03-form-stall", _form("stall"), leave=_leave_sheet),
    Scene("03-form-eatery", _form("eatery"), leave=_leave_sheet),
    Scene("03-form-errors", _form_with_errors, leave=_leave_sheet),
    Scene("04-grid", _grid, leave=_leave_sheet),
    Scene("05-dossier-empty", _place("dossier")),
    Scene("05-dossier", _dossier),
    Scene("06-applications", _tab(tabs.APPLICATIONS)),
    Scene("06-new-application", _new_application, leave=_leave_application),
    Scene("06-candidates", _tab(tabs.CANDIDATES)),
    Scene("06-papers", _tab(tabs.PAPERS)),
    Scene("06-numbers", _tab(tabs.NUMBERS)),
    Scene("07-print-centre", _tab(tabs.PRINT)),
    Scene("07-verify", _verify),
    Scene("07-layouts", _tab(tabs.LAYOUTS)),
    Scene("07-collections", _printed(tabs.COLLECTIONS)),
    Scene("07-print-log", _printed(tabs.PRINTED)),
    Scene("08-wall", _wall),
    Scene("08-case-late", _case(Column.LATE)),
    Scene("08-case-to-close-out", _case(Column.TO_CLOSE_OUT)),
    Scene("08-inspection-search", _inspection_search),
    Scene("08-inspection", _inspection),
    Scene("08-follow-ups", _follow_ups, leave=_wall),
    Scene("08-look-back", _look_back, leave=_wall),
    Scene("08-close-down", _close_down, leave=_wall),
    Scene("08-messages", _messages, leave=_wall),
    Scene("08-visits", _visits),
    Scene("08-draws", _draws, leave=_wall),
    Scene("08-plan", _plan, leave=_wall),
    Scene("08-campaigns", _campaigns, leave=_wall),
    Scene("08-campaign-form", _campaign_form, leave=_wall),
    Scene("08-campaign-schedule", _campaign_schedule, leave=_wall),
    Scene("08-inspectors", _inspectors, leave=_wall),
    Scene("08-order", _order, leave=_wall),
    Scene("09-exchange", _place("exchange")),
    Scene("09-sendings", show_sendings),
    Scene("09-duplicates", show_duplicates),
    Scene("09-alike", show_alike),
    Scene("09-conflicts", show_conflicts),
    Scene("10-tables", _place("tables")),
    Scene("11-settings", _place("settings")),
    Scene("11-keys", _keys),
)


def welcomes(stage: Stage) -> dict[str, QWidget]:
    """Return what is seen before the window: somebody signs in, or makes the first register."""
    program, jobs = stage.program, stage.jobs
    township = read_known(program, stage.actor).facts.township
    return {
        "00-sign-in": SignIn(SignInDesk(program.accounts, program.sign_ins, jobs, "镇食安办", township)),
        "00-first-start": FirstStart(FirstStartDesk(lambda: program.profiles, program.make, jobs)),
    }

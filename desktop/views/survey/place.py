"""The place 摸底调查: the register, and above it the sheet or the grid that somebody works on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.services.register.establishment_rows import EstablishmentRow
from desktop.services.survey.drafts import DraftRow
from desktop.views.hub import Screen
from desktop.views.jobs import Progress
from desktop.views.kit.table_source import Query
from desktop.views.survey import draft_keys
from desktop.views.survey.desk import SurveyDesk
from desktop.views.survey.form import SurveyFormPage
from desktop.views.survey.grid import EntryGridPage
from desktop.views.survey.page import SurveyPage


class SurveyPlace(Screen):
    """Leads from the register to a sheet or a grid and back; a sheet that is left stays as a draft."""

    open_asked = Signal(int)
    import_asked = Signal()
    export_asked = Signal(str)

    def __init__(self, desk: SurveyDesk) -> None:
        super().__init__(desk.hub)
        self._desk = desk
        self.register = SurveyPage(desk)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.register)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

        self.register.open_asked.connect(self.open_asked)
        self.register.import_asked.connect(self.import_asked)
        self.register.export_asked.connect(self.export_asked)
        self.register.new_asked.connect(self.begin_new)
        self.register.edit_asked.connect(self.begin_change)
        self.register.grid_asked.connect(self.begin_grid)
        self.register.draft_asked.connect(self.resume)

    @property
    def shown(self) -> QWidget:
        """The page that is seen: the register, a sheet or a grid."""
        return self._pages.currentWidget()

    def refresh(self) -> None:
        """Ask again for the register; a sheet under somebody's hands is never reloaded."""
        if self.shown is self.register:
            self.register.refresh()

    def show_query(self, query: Query) -> None:
        """Show a part of the register."""
        self._back()
        self.register.show_query(query)

    def begin_new(self, kind: str) -> None:
        """Open an empty sheet of a trade."""
        self._sheet(kind)

    def begin_change(self, establishment_id: int) -> None:
        """Open the sheet of an establishment, whatever trade it is of."""
        desk = self._desk

        def ask(progress: Progress) -> EstablishmentRow:
            return desk.establishments.detail(establishment_id, by=desk.actor).row

        desk.jobs.run(ask, owner=self, done=self._change_opened)

    def begin_grid(self, kind: str) -> None:
        """Open the entry grid of a trade."""
        self._grid(kind)

    def resume(self, draft: DraftRow) -> None:
        """Go on with a draft: a new sheet, a grid, or a sheet that was being changed."""
        kind = str(draft.typed["kind"])
        page = self._grid(kind) if draft.key.startswith(draft_keys.GRID) else self._sheet(kind)
        page.resume(draft)

    def go_back(self) -> bool:
        """Go back from a sheet or a grid to the register, what was typed kept as a draft."""
        page = self.shown
        if page is self.register:
            return False
        if isinstance(page, SurveyFormPage | EntryGridPage):
            page.go_back()
        return True

    def focus_search(self) -> None:
        """Put the keyboard into the search of the register."""
        self.register.focus_search()

    def _change_opened(self, row: EstablishmentRow) -> None:
        self._sheet(row.kind).begin_change(row.id)

    def _sheet(self, kind: str) -> SurveyFormPage:
        page = SurveyFormPage(self._desk, kind)
        page.grid_asked.connect(self.begin_grid)
        page.saved.connect(self._saved)
        self._show(page)
        page.fields.focus_first()
        return page

    def _grid(self, kind: str) -> EntryGridPage:
        page = EntryGridPage(self._desk, kind)
        page.form_asked.connect(self.begin_new)
        self._show(page)
        page.view.setFocus()
        return page

    def _saved(self, establishment_id: int) -> None:
        """Go back to the register after a change; after a new sheet the next one is ready already."""
        page = self.shown
        if isinstance(page, SurveyFormPage) and not page.goes_on:
            self._back()

    def _show(self, page: SurveyFormPage | EntryGridPage) -> None:
        self._drop()
        page.left.connect(self._back)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)

    def _back(self) -> None:
        self._drop()
        self._pages.setCurrentWidget(self.register)

    def _drop(self) -> None:
        for index in reversed(range(1, self._pages.count())):
            page = self._pages.widget(index)
            self._pages.removeWidget(page)
            page.deleteLater()

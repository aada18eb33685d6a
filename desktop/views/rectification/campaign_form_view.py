"""The sheet of a campaign: its name, whom it is about, its phases, and its schedule line by line."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.services.planning.campaigns import MOST_LETTERS, MOST_OF_BASIS, CampaignDetail, CampaignDraft
from desktop.services.rights import Right, may
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow
from desktop.views.kit.buttons import Button, PrimaryButton
from desktop.views.kit.fields import TextField
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.panels import Banner, PageHead, Panel, page
from desktop.views.kit.scroll import Scrolled
from desktop.views.kit.tokens import Status
from desktop.views.rectification.campaign_lines import Lines, PhaseLine, TaskLine
from desktop.views.rectification.desk import RectificationDesk
from desktop.views.rectification.scope_fields import ScopeFields


class CampaignFormView(QWidget):
    """The page on which a campaign is begun or changed."""

    back_asked = Signal()
    saved = Signal(object)
    """What it has become: ``CampaignDetail``."""

    def __init__(self, desk: RectificationDesk) -> None:
        super().__init__()
        self._desk = desk
        self._campaign: CampaignDetail | None = None
        self.back_button = Button("先不定", "arrow-left", shortcut="Esc", key_only=True)
        self.save_button = PrimaryButton("定下", "check", shortcut="Ctrl+Enter")
        self.head = PageHead("新的专项整治", self.back_button, self.save_button)
        self.message = Banner(Status.DANGER)
        self.name = TextField("名称", most=MOST_LETTERS, required=True)
        self.basis = TextField("依据的文件", most=MOST_OF_BASIS)
        self.scope = ScopeFields(desk)
        self.form = FormGrid()
        self.phases: Lines[PhaseLine] = Lines(lambda: PhaseLine(desk.clock.today), "加一个阶段")
        self.tasks: Lines[TaskLine] = Lines(lambda: TaskLine(desk.clock.today), "加一行")

        self._arrange()

        self.back_button.clicked.connect(self.back_asked)
        self.save_button.clicked.connect(self._save_pressed)

    def begin(self, campaign: CampaignDetail | None) -> None:
        """Begin an empty sheet, or one that shows a campaign."""
        self._campaign = campaign
        self.message.hide()
        self.form.clear_errors()
        self.head.set_title("改专项整治" if campaign is not None else "新的专项整治")
        draft = campaign.draft if campaign is not None else None
        self.name.set_value(draft.name if draft else "")
        self.basis.set_value(draft.basis if draft else "")
        self.scope.show_scope(draft.scope if draft else None)
        phases, tasks = (draft.phases, draft.tasks) if draft else ((), ())
        for phase_line, phase in zip(self.phases.begin(len(phases) or 1), phases, strict=False):
            phase_line.fill(phase)
        for task_line, task in zip(self.tasks.begin(len(tasks)), tasks, strict=False):
            task_line.fill(task)
        self.save_button.setEnabled(may(self._desk.actor, Right.PLAN))
        self.body.to_top()
        self.name.setFocus()

    def _arrange(self) -> None:
        self.form.add(self.name, self.basis)
        self.scope.add_to(self.form)
        about = Panel("名称和范围", note="都不勾就是全部")
        about.add(self.form)
        phases = Panel("阶段", note="起止日期；阶段之间可以有间隔")
        phases.add(self.phases)
        tasks = Panel("配档表", note="时间、工作重点、推进措施、备注")
        tasks.add(self.tasks)
        self.body = Scrolled(about, phases, tasks, None)
        self.setLayout(page(self.head, self.message, Grow(self.body)))
        self.message.hide()

    def _save_pressed(self) -> None:
        self.message.hide()
        self.form.clear_errors()
        if not self.name.value().strip():
            self.name.show_error("请填名称。")
        phases = [line.read() for line in self.phases.lines]
        tasks = [line.read() for line in self.tasks.lines]
        if self.form.show_first_error():
            return
        if None in phases or None in tasks:
            self.message.tell(Status.DANGER, "阶段或者配档表里有没填完的，已用红字标出。")
            return
        draft = CampaignDraft(
            name=self.name.value(),
            phases=tuple(phase for phase in phases if phase is not None),
            scope=self.scope.scope(),
            tasks=tuple(task for task in tasks if task is not None),
            basis=self.basis.value(),
        )
        desk, campaign = self._desk, self._campaign

        def save(progress: Progress) -> CampaignDetail:
            return desk.campaigns.save(
                draft,
                campaign_id=campaign.id if campaign is not None else None,
                version=campaign.version if campaign is not None else None,
                by=desk.actor,
            )

        self.save_button.setEnabled(False)
        desk.jobs.run(save, owner=self, done=self._saved, failed=self._failed, label="定专项整治")

    def _saved(self, campaign: CampaignDetail) -> None:
        self.save_button.setEnabled(True)
        self.saved.emit(campaign)

    def _failed(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        self.message.tell(Status.DANGER, str(error))

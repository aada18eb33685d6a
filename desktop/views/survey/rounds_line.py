"""The quiet line in the head of the survey: which round is under way, and how far it has come."""

from desktop.services.rights import Right, may
from desktop.services.survey.rounds import RoundProgress
from desktop.views.jobs import Progress
from desktop.views.kit.buttons import LinkButton
from desktop.views.survey.desk import SurveyDesk
from desktop.views.survey.rounds_pane import RoundsNow, RoundsPane

_MOST_LETTERS = 14


class RoundsLine(LinkButton):
    """Says it, and opens the pane of the rounds."""

    def __init__(self, desk: SurveyDesk) -> None:
        super().__init__("调查轮次", "clipboard-list")
        self._desk = desk
        self._progress: RoundProgress | None = None
        self._is_narrow = False
        self.pane = RoundsPane(desk)

        self.setEnabled(may(desk.actor, Right.SEE))
        self.clicked.connect(self._pressed)
        self.pane.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Ask how far the round has come."""
        desk = self._desk
        if not self.isEnabled():
            return

        def ask(progress: Progress) -> RoundsNow:
            current = desk.surveys.current_round()
            return RoundsNow(
                desk.surveys.rounds(),
                desk.surveys.round_progress(current.id, by=desk.actor) if current else None,
            )

        desk.jobs.run(ask, owner=self, done=self._answered)

    def set_narrow(self, is_narrow: bool) -> None:
        """Leave the name out where the window is narrow; the pane says it."""
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._say()

    def _answered(self, now: RoundsNow) -> None:
        self._progress = now.progress
        self._say()
        self.pane.show_rounds(now)

    def _say(self) -> None:
        progress = self._progress
        if progress is None:
            self.setText("调查轮次" if self._is_narrow else "没有进行中的调查轮次")
            return
        name, count = progress.round.name, f"已调查 {progress.answered:,} / {progress.total:,} 户"
        short = name if len(name) <= _MOST_LETTERS else f"{name[:_MOST_LETTERS]}…"
        self.setText(count if self._is_narrow else f"{short} · {count}")
        self.setAccessibleName(f"{name}：{count}")
        self.setToolTip(name)

    def _pressed(self) -> None:
        self.pane.start(self)

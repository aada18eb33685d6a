"""The pane beside the papers: what may be decided about one, what it will do, and doing it in place."""

from collections.abc import Mapping

from desktop.domain.dates import read_date
from desktop.domain.paper_life import EFFECTS, PaperAct
from desktop.services.papers.papers import PaperRow
from desktop.services.registration.paper_lives import LifeStep, Possible
from desktop.views.jobs import Progress
from desktop.views.kit.choices import CheckBox, Choice, ChoiceField
from desktop.views.kit.fields import DateField, TextAreaField
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.do_pane import DoPane, Work


class LifePane(DoPane):
    """Renewal, amendment, reissue and the ends of a paper; each says before what it does."""

    def __init__(self, desk: RegistrationDesk) -> None:
        super().__init__(desk, "办理")
        self._paper: PaperRow | None = None
        self._possible: Mapping[str, Possible] = {}
        choices = [Choice(act, act.label) for act in PaperAct if act in _OFFERED]
        self.act = ChoiceField("办什么", choices, required=True)
        self.day = DateField("日期", read_date, today=desk.clock.today, required=True)
        self.reason = TextAreaField("原因", most=200, lines=2)
        self.reason_demanded = TextAreaField("原因", most=200, lines=2, required=True)

        self.fraud = CheckBox("以欺骗、贿赂等不正当手段取得")

        self.form.add(self.act, self.day, self.reason, self.reason_demanded, wide=True)
        self.form.add_widget(self.fraud)
        self.arrange_pane()
        self.show_paper(None)

        self.act.changed.connect(self._act_chosen)

    def show_paper(self, paper: PaperRow | None) -> None:
        """Show a paper and ask what may be decided about it; what was typed for the same one stays."""
        is_same = paper is not None and self._paper is not None and paper.id == self._paper.id
        self._paper = paper
        self.title.setText(paper.title if paper is not None else "没有选中证卡")
        if not is_same:
            self._possible = {}
            self.act.set_value("")
            self.day.set_day(self.desk.clock.today())
            for reason in (self.reason, self.reason_demanded):
                reason.set_value("")
            self.fraud.setChecked(False)
        self._act_chosen()
        if paper is None:
            return
        desk, paper_id = self.desk, paper.id

        def ask(progress: Progress) -> tuple[int, tuple[Possible, ...]]:
            return paper_id, desk.lives.possible(paper_id, by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._known)

    def work(self) -> Work | None:
        act = self.act.value()
        reason = self._reason()
        if not self.demand(self.act, self.day, reason):
            return None
        day, desk, paper = self.day.day(), self.desk, self._paper
        if day is None or paper is None:
            return None
        text, paper_id, chosen = reason.value(), paper.id, PaperAct(act)
        is_fraud = chosen is PaperAct.WITHDRAWAL and self.fraud.isChecked()

        def take() -> str:
            return _told(
                desk.lives.take(chosen, paper_id, on=day, reason=text, is_fraud=is_fraud, by=desk.actor)
            )

        return take

    def finished(self) -> None:
        self.act.set_value("")
        self._act_chosen()

    def _known(self, answer: tuple[int, tuple[Possible, ...]]) -> None:
        paper_id, possible = answer
        if self._paper is None or self._paper.id != paper_id:
            return
        self._possible = {one.act: one for one in possible}
        self.act.set_choices([Choice(one.act, one.act.label) for one in possible])
        self._act_chosen()

    def _act_chosen(self) -> None:
        chosen = self._possible.get(self.act.value())
        self.refusal.setVisible(False)
        needs_reason = chosen is not None and EFFECTS[chosen.act].needs_reason
        self.reason.setVisible(not needs_reason)
        self.reason_demanded.setVisible(needs_reason)
        self.fraud.setVisible(chosen is not None and chosen.act is PaperAct.WITHDRAWAL)
        self.button.setText(chosen.act.label if chosen is not None else "办理")
        self.button.setEnabled(chosen is not None and not chosen.refusal)
        number = (
            self._paper.number
            if self._paper is not None
            else "在左边选一张，这里办延续、变更、补发和注销等。"
        )
        self.facts.setText(f"{number}\n{chosen.advice}" if chosen is not None and chosen.advice else number)
        if chosen is not None and chosen.refusal:
            self.refuse(chosen.refusal)

    def _reason(self) -> TextAreaField:
        return self.reason if self.reason_demanded.isHidden() else self.reason_demanded


_NOTHING = "在左边选一张，这里办延续、变更、补发和注销等。"
_OFFERED = frozenset(PaperAct) - {PaperAct.ISSUE, PaperAct.TAKING_IN}


def _told(step: LifeStep) -> str:
    """Say what came of it; a new sheet is to be printed next."""
    if not step.act.makes_paper:
        banned = f"，{step.banned_until:%Y-%m-%d} 以前（含当日）不得再登记" if step.banned_until else ""
        return f"{step.was_number} 已{step.act.label}{banned}。"
    renamed = f"，新号 {step.number}" if step.number != step.was_number else ""
    return f"{step.was_number} 已{step.act.label}{renamed}，可到打印中心打印。"

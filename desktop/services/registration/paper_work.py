"""Work on issued papers inside an open block: held, compared with the register, refused with reasons."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.paper_life import LateRenewal, PaperAct, RenewalWindow
from desktop.domain.profile import Profile
from desktop.errors import RuleError, UserError
from desktop.models.establishment import Establishment
from desktop.models.registration import Paper
from desktop.services.office.villages import VillageRow, villages_of
from desktop.services.open_office import OpenOffice
from desktop.services.register.establishments import reachable
from desktop.services.registration.eligibility import read_barred, why_not
from desktop.services.registration.issuing import paper_facts


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line of a paper that the register says otherwise today."""

    fact: str
    label: str
    was: str
    now: str
    needs_paper: bool


@dataclass(frozen=True, slots=True)
class PaperWork:
    """One transaction's work on papers, on behalf of one person."""

    session: Session
    office: OpenOffice
    by: Actor

    def held(self, paper_id: int) -> Paper:
        """Return a paper, held until the end of the block: a second desk sees what the first did."""
        query = select(Paper).where(Paper.id == paper_id).with_for_update()
        return self._existing(self.session.scalar(query), paper_id)

    def seen(self, paper_id: int) -> Paper:
        return self._existing(self.session.get(Paper, paper_id), paper_id)

    def establishment(self, paper: Paper) -> Establishment:
        """Return whose paper it is; a village account reaches only its own."""
        return reachable(self.session, paper.establishment_id, self.by)

    def village(self, record: Establishment) -> VillageRow:
        return next(one for one in villages_of(self.session) if one.id == record.village_id)

    def refuse_day(self, paper: Paper, act: PaperAct, on: date) -> None:
        """Refuse a day that has not come, or that lies before the paper."""
        if on > self.office.clock.today():
            raise UserError(f"日期 {on} 还没有到，请填今天或以前的日期")
        if on < paper.issued_on:
            raise UserError(
                f"{act.label}的日期 {on} 早于 {paper.number} 的发证日期 {paper.issued_on}，请核对日期"
            )

    def refuse_run_out(self, paper: Paper, act: PaperAct) -> None:
        """Refuse a new sheet of a paper that has run out by now, whatever day is claimed."""
        if paper.valid_until is not None and paper.valid_until < self.office.clock.today():
            raise RuleError(f"{paper.number} 已过期，不能{act.label}；请按新申请办理登记")

    def refuse_barred(self, paper: Paper, record: Establishment, on: date) -> None:
        """Refuse whoever could not be registered today, the paper itself left aside."""
        barred = read_barred(self.session, self.office.profile, [record], on).without(paper.number)
        if reasons := why_not(record, self.village(record).name, barred, self.office.profile, on):
            title = called(record.name, record.operator_name, record.products)
            raise RuleError(f"“{title}”现在不符合登记条件：{'；'.join(reasons)}")

    def _existing(self, paper: Paper | None, paper_id: int) -> Paper:
        if paper is None:
            raise UserError(f"没有编号为 {paper_id} 的证卡，请刷新后再试")
        reachable(self.session, paper.establishment_id, self.by)
        return paper


def changed_lines(work: PaperWork, paper: Paper, record: Establishment) -> tuple[ChangedLine, ...]:
    """Return the lines of a paper that the register says otherwise today."""
    rule = work.office.profile.trade(paper.kind).paper
    now = paper_facts(record, work.village(record).name, work.office.profile)
    lines = []
    for row in rule.rows:
        was, is_now = paper.facts.get(row.fact, ""), now.get(row.fact, "")
        if row.fact != "validity" and was != is_now:
            needs_paper = row.fact in rule.life.new_paper_facts
            lines.append(ChangedLine(row.fact, row.label, was, is_now, needs_paper))
    return tuple(lines)


def renewal_window(profile: Profile, paper: Paper) -> RenewalWindow | None:
    """Return when a paper may be renewed; ``None`` for one without end."""
    if paper.valid_until is None:
        return None
    opens = profile.period("renewal_opens").days if profile.has_period("renewal_opens") else None
    closes = profile.period("renewal_before_expiry").days
    return RenewalWindow.of(paper.valid_until, closes_days=closes, opens_days=opens)


def may_apply_anew(office: OpenOffice, paper: Paper, on: date) -> bool:
    """Tell whether a living paper no longer bars a new application: its renewal would come too late."""
    window = renewal_window(office.profile, paper)
    late = office.profile.trade(paper.kind).paper.life.late_renewal
    return window is not None and late is LateRenewal.AS_NEW and window.is_late(on)

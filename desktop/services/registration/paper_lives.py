"""The life of a paper after its issue: renewed, amended, reissued or ended; the table says what follows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from desktop.domain.act import Actor
from desktop.domain.lifecycle import PaperStatus, RegistrationStatus
from desktop.domain.paper_life import EFFECTS, BanGround, DateEffect, LateRenewal, PaperAct, RenewedFrom
from desktop.errors import RuleError, UserError
from desktop.models.establishment import Establishment
from desktop.models.registration import Paper
from desktop.services.numbers.giving import Given
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.cases import clause
from desktop.services.registration.bans import ban_of, basis_of, put_ban, refuse_other_holder
from desktop.services.registration.eligibility import living_place
from desktop.services.registration.issuing import NewSheet, end, issue_in, paper_facts, write_paper
from desktop.services.registration.paper_work import PaperWork, changed_lines, renewal_window
from desktop.services.registration.paper_worth import paper_status_on
from desktop.services.registration.printable import unprintable
from desktop.services.registration.sheets_out import has_sheet_out, out_of
from desktop.services.rights import Right, may, require

FOLLOWING = (PaperAct.RENEWAL, PaperAct.AMENDMENT, PaperAct.REISSUE)
ENDING = (PaperAct.DEREGISTRATION, PaperAct.WITHDRAWAL, PaperAct.REVOCATION, PaperAct.VOIDING)
RIGHTS: Mapping[PaperAct, Right] = {
    **dict.fromkeys(FOLLOWING, Right.REGISTER),
    **dict.fromkeys(ENDING, Right.END_PAPER),
}


@dataclass(frozen=True, slots=True)
class LifeStep:
    """What an act came to: the paper that stands now, or what the ended one is worth."""

    act: PaperAct
    paper_id: int
    number: str
    was_number: str
    status: PaperStatus
    issued_on: date
    valid_from: date
    valid_until: date | None
    banned_until: date | None = None


@dataclass(frozen=True, slots=True)
class Possible:
    """An act that may be offered for a paper; with ``refusal`` it is not possible now, and why."""

    act: PaperAct
    refusal: str
    advice: str = ""


class PaperLives:
    """Decisions about issued papers; ``desktop.domain.paper_life.EFFECTS`` says what each does."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def find(self, number: str, *, by: Actor) -> int:
        """Return the paper that stands under a number, as somebody types it."""
        require(by, Right.SEE)
        wanted = "".join(number.split())
        query = select(Paper).where(Paper.number == wanted).order_by(Paper.edition.desc()).limit(1)
        with self.office.db.reading() as session:
            paper = session.scalar(query)
            if paper is None:
                raise UserError(f"没有编号为 {wanted} 的证卡，请核对编号")
            return PaperWork(session, self.office, by).seen(paper.id).id

    def take(
        self,
        act: PaperAct,
        paper_id: int,
        *,
        on: date,
        reason: str = "",
        is_fraud: bool = False,
        by: Actor,
    ) -> LifeStep:
        """Decide one act about a paper, in one transaction with all that follows from it.

        ``is_fraud`` belongs to a withdrawal: the paper was got by deceit or bribery (行政许可法 art. 69).
        """
        if act not in RIGHTS:
            raise ValueError(f"{act} is no act on a paper that is there")
        if is_fraud and act is not PaperAct.WITHDRAWAL:
            raise UserError(f"“以欺骗、贿赂等不正当手段取得”是撤销的事由，{act.label}不用选；请改办撤销")
        require(by, RIGHTS[act])
        with self.office.db.writing(self.office.act(by, f"paper.{act}", reason=reason)) as session:
            work = PaperWork(session, self.office, by)
            paper = work.held(paper_id)
            record = work.establishment(paper)
            self._refuse(work, paper, record, act, on)
            if EFFECTS[act].needs_reason and not reason.strip():
                raise RuleError(f"{act.label}要写明原因{self._clause(act, on, paper.kind)}，请填写")
            if act.makes_paper:
                return self._follow(work, paper, record, act, on=on, reason=reason)
            ground = BanGround.of(act, is_fraud=is_fraud)
            return self._end(work, paper, record, act, on=on, reason=reason, ground=ground)

    def possible(self, paper_id: int, *, by: Actor) -> tuple[Possible, ...]:
        """Return every act that this person may decide, each with what stands against it today."""
        require(by, Right.SEE)
        on = self.office.clock.today()
        found = []
        with self.office.db.reading() as session:
            work = PaperWork(session, self.office, by)
            paper = work.seen(paper_id)
            record = work.establishment(paper)
            for act in (*FOLLOWING, *ENDING):
                if not may(by, RIGHTS[act]):
                    continue
                try:
                    self._refuse(work, paper, record, act, on)
                except UserError as refusal:
                    found.append(Possible(act, str(refusal)))
                else:
                    found.append(Possible(act, "", self._advice(work, paper, record, act)))
        return tuple(found)

    def _refuse(self, work: PaperWork, paper: Paper, record: Establishment, act: PaperAct, on: date) -> None:
        """Refuse what the table, the window of renewal or the register forbids."""
        work.refuse_day(paper, act, on)
        status = paper_status_on(paper, on, self.office.profile)
        if status not in EFFECTS[act].of:
            reason = f"{paper.number} {_STANDS.get(status, f'已{status.label}')}，不能{act.label}"
            raise RuleError(f"{reason}{self._clause(act, on, paper.kind)}；{_way_out(act, status)}")
        if act is PaperAct.RENEWAL:
            self._refuse_renewal(work, paper, record, on)
        elif act is PaperAct.AMENDMENT:
            self._refuse_amendment(work, paper, record, on)
        elif act is PaperAct.REISSUE:
            work.refuse_run_out(paper, act)
            if not out_of(work.session, [paper.id]):
                raise RuleError(f"{paper.number} 这一张还没有打印过，没有丢失、损毁可补；请直接打印")
        if act.makes_paper:
            self._refuse_unprintable(work, paper, record, act, on)

    def _refuse_unprintable(
        self, work: PaperWork, paper: Paper, record: Establishment, act: PaperAct, on: date
    ) -> None:
        """Refuse to end a sheet for one that could not be printed."""
        said = paper.facts if act is PaperAct.REISSUE else None
        reasons = unprintable(self.office, record, work.village(record), on, said)
        if reasons:
            first = "证卡的内容发证时已定，先把档案改好，再办变更" if said else "请先把档案改好"
            raise RuleError(f"{act.label}以后的一张打印不出来，{first}。{'；'.join(reasons)}")

    def _refuse_renewal(self, work: PaperWork, paper: Paper, record: Establishment, on: date) -> None:
        rule = self.office.profile.trade(paper.kind).paper
        window = renewal_window(self.office.profile, paper)
        if window is None:
            raise RuleError(f"{paper.number} 长期有效，不用延续")
        if window.is_early(on):
            raise RuleError(
                f"{paper.number} 到 {window.ends_on} 才届满，{window.opens_on} 起才能延续；"
                "内容变了的请办变更，丢了坏了的请补发"
            )
        if window.is_late(on) and rule.life.late_renewal is LateRenewal.AS_NEW:
            basis = self._clause(PaperAct.RENEWAL, on, paper.kind)
            raise RuleError(
                f"{paper.number} 应在 {window.last_in_time_on} 以前申请延续{basis}，"
                f"已经逾期；请按新申请办理，{rule.title}另发新号"
            )
        changed = changed_lines(work, paper, record)
        if anew := [line.label for line in changed if line.needs_paper]:
            raise RuleError(f"{'、'.join(anew)}与证上不同，要另发新证；请先办变更")
        work.refuse_barred(paper, record, on)

    def _refuse_amendment(self, work: PaperWork, paper: Paper, record: Establishment, on: date) -> None:
        changed = changed_lines(work, paper, record)
        if not changed:
            raise RuleError(f"档案和 {paper.number} 上的内容一样，没有要变更的；请先把档案改对，再办变更")
        if any(line.needs_paper or line.fact == "address" for line in changed):
            work.refuse_barred(paper, record, on)
        else:
            work.refuse_run_out(paper, PaperAct.AMENDMENT)

    def _advice(self, work: PaperWork, paper: Paper, record: Establishment, act: PaperAct) -> str:
        """Say what the act will do to number, dates and wording, before it is decided."""
        effect = EFFECTS[act]
        if act is PaperAct.AMENDMENT:
            changed = changed_lines(work, paper, record)
            told = "；".join(f"{line.label}：{line.was or '—'} → {line.now or '—'}" for line in changed)
            if any(line.needs_paper for line in changed):
                return f"{told}。另发新号，{paper.number} 作换发失效。"
            if not has_sheet_out(work.session, paper):
                return f"{told}。号码和有效期不变；原来的一张没有打印过，新的一张不印“变更”。"
            return f"{told}。号码和有效期不变，发证日期后印“变更”。"
        if act is PaperAct.REISSUE:
            return "号码和有效期不变，发证日期后印“补发”。"
        if act is PaperAct.RENEWAL:
            until = self._renewed_until(paper, self.office.clock.today())
            return f"号码不变，有效期到 {until:%Y-%m-%d}。" if until else "号码不变，长期有效。"
        told = f"{paper.number} 变为“{effect.leaves.label}”，号码不再使用，这户回到“未登记”"
        ground = BanGround.of(act, is_fraud=True)
        ban = ban_of(self.office.profile, paper.kind, ground)
        if ban is None:
            return f"{told}。"
        basis = basis_of(self.office.profile, ban, self.office.clock.today())
        where = "；以欺骗、贿赂等不正当手段取得的" if ground is BanGround.FRAUD else ""
        return f"{told}{where}，{ban.term.label}内不得再登记（{basis}）。"

    def _follow(
        self, work: PaperWork, paper: Paper, record: Establishment, act: PaperAct, *, on: date, reason: str
    ) -> LifeStep:
        """Let the next paper follow: under the same number, or for a new place under its own."""
        told = f"{act.label}：{reason.strip()}" if reason.strip() else act.label
        is_anew = act is PaperAct.AMENDMENT and any(
            line.needs_paper for line in changed_lines(work, paper, record)
        )
        if is_anew:
            new = issue_in(
                work.session, self.office, record, work.village(record), None,
                on=on, by=work.by, replaces=paper, act=act,
            )  # fmt: skip
            return _step(act, new, paper.number)
        place, facts = paper.living_place, {**paper.facts}
        if act is not PaperAct.REISSUE:
            place = living_place(record.kind, record.place_key)
            facts = paper_facts(record, work.village(record).name, self.office.profile)
        facts["date_word"] = EFFECTS[act].word if has_sheet_out(work.session, paper) else ""
        end(paper, EFFECTS[act].leaves, on=on, reason=told)
        is_kept = EFFECTS[act].starts is DateEffect.KEPT
        sheet = NewSheet(
            act=act,
            given=Given(paper.number, paper.scope, paper.serial, paper.edition + 1),
            issued_on=on,
            valid_from=paper.valid_from if is_kept else on,
            valid_until=paper.valid_until if is_kept else self._renewed_until(paper, on),
            facts=facts,
        )
        new = write_paper(work.session, self.office, record, sheet, follows=paper, place=place, by=work.by)
        return _step(act, new, paper.number)

    def _renewed_until(self, paper: Paper, on: date) -> date | None:
        """Count the new term from where the rule pack says; days that were left are never lost by it."""
        rule = self.office.profile.trade(paper.kind).paper
        start = on
        if rule.life.renewed_from is RenewedFrom.EXPIRY and paper.valid_until is not None:
            start = date.fromordinal(paper.valid_until.toordinal() + 1)
        return rule.validity.ends_on(start)

    def _end(
        self,
        work: PaperWork,
        paper: Paper,
        record: Establishment,
        act: PaperAct,
        *,
        on: date,
        reason: str,
        ground: BanGround | None,
    ) -> LifeStep:
        if ban_of(self.office.profile, record.kind, ground) is not None:
            refuse_other_holder(self.office.profile, paper, record)
        end(paper, EFFECTS[act].leaves, on=on, reason=reason)
        banned_until = put_ban(self.office.profile, record, ground, on)
        if record.registration_status == RegistrationStatus.REGISTERED:
            record.registration_status = RegistrationStatus.UNREGISTERED
        work.session.flush()
        return replace(_step(act, paper, paper.number), banned_until=banned_until)

    def _clause(self, act: PaperAct, on: date, kind: str) -> str:
        law = EFFECTS[act].law
        return clause(self.office.profile, law, on, kind) if law else ""


_STANDS = {
    PaperStatus.EXPIRED: "已过期",
    PaperStatus.REPLACED: "这一张已换发或补发",
}


def _way_out(act: PaperAct, status: PaperStatus) -> str:
    """Return what to do instead where a paper is no longer in force."""
    if status is PaperStatus.REPLACED:
        return "请在新的一张上办"
    if act.makes_paper:
        return "具备条件的请按新申请办理登记"
    return "到期已经失效，要收尾请办注销" if status is PaperStatus.EXPIRED else "已经失效，不用再办"


def _step(act: PaperAct, paper: Paper, was_number: str) -> LifeStep:
    return LifeStep(
        act=act,
        paper_id=paper.id,
        number=paper.number,
        was_number=was_number,
        status=PaperStatus(paper.status),
        issued_on=paper.issued_on,
        valid_from=paper.valid_from,
        valid_until=paper.valid_until,
    )

"""Cases as papers see them: the party as it was, the findings, the orders and steps in their order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select

from desktop.domain.lifecycle import Stage
from desktop.domain.profile import NoticeFamily
from desktop.domain.rectification import CaseStep
from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.models.rectification import Finding, RectificationCase, RectificationOrder, RectificationStep
from desktop.services.papers.papers import RefusedPaper, Wanted
from desktop.services.papers.sources import NO_PAPER, Reading
from desktop.services.rectification.case_numbers import require_signer

if TYPE_CHECKING:
    from printing.case_facts import Party


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case with all that its papers are made of; orders and steps stand in the order of entry."""

    case: RectificationCase
    record: Establishment
    findings: tuple[Finding, ...]
    orders: tuple[RectificationOrder, ...]
    steps: tuple[RectificationStep, ...]

    @property
    def stage(self) -> Stage:
        return Stage(self.case.stage)

    @property
    def reference(self) -> str:
        """Return how records without a number of their own name the case."""
        return f"整改{self.case.id}"

    def as_of(self, step_id: int) -> "CaseFile":
        """Return the case with what was still open before a step: what was put right is ordered no more."""
        checked = self.last(CaseStep.REINSPECTED, before=step_id)
        if checked is None or not checked.unmet:
            return self
        return replace(self, findings=tuple(one for one in self.findings if one.id in checked.unmet))

    def before(self, step_id: int) -> "CaseFile":
        """Return the case as it stood when a step was taken: what was ordered later was not given yet."""
        return replace(
            self.as_of(step_id),
            orders=tuple(order for order in self.orders if self.step_of(order).id < step_id),
            steps=tuple(step for step in self.steps if step.id < step_id),
        )

    @property
    def due_on(self) -> date | None:
        """Return the last day by the newest order and what extended it."""
        last = self.last(CaseStep.ORDERED, CaseStep.EXTENDED)
        if last is not None and last.step == CaseStep.EXTENDED:
            return last.new_due_on
        return self.orders[-1].due_on if self.orders else self.case.due_on

    @property
    def said(self) -> tuple[str, ...]:
        """Return what was found, each finding a sentence."""
        return tuple(sentence(finding.text) for finding in self.findings)

    @property
    def last_number(self) -> str:
        """Return the number of the newest order, or the reference of a case without one."""
        return self.orders[-1].number if self.orders else self.reference

    def last(self, *steps: CaseStep, before: int | None = None) -> RectificationStep | None:
        """Return the newest of these steps, or the newest before the step with that id."""
        found = [one for one in self.steps if one.step in steps and (before is None or one.id < before)]
        return found[-1] if found else None

    def step_of(self, order: RectificationOrder) -> RectificationStep:
        """Return the step that gave an order: they were entered together, in the same sequence."""
        ordered = [step for step in self.steps if step.step == CaseStep.ORDERED]
        return ordered[self.orders.index(order)]

    def served(self, order: RectificationOrder) -> RectificationStep | None:
        """Return the step by which an order was served: after it, before the next one."""
        begins = self.step_of(order).id
        later = [step.id for step in self.steps if step.step == CaseStep.ORDERED and step.id > begins]
        served = self.last(CaseStep.SERVED, before=later[0] if later else None)
        return served if served is not None and served.id > begins else None

    def refuse(self, said: str, number: str = "") -> RefusedPaper:
        """Return why a paper of this case is not printed."""
        return RefusedPaper(self.record.id, number or self.reference, NO_PAPER, said, ())


def cases(reading: Reading, ids: Sequence[int]) -> list[CaseFile]:
    """Return cases in the order asked for; one that is not there, or of another village, is refused."""
    query = (
        select(RectificationCase)
        .join(Establishment, RectificationCase.establishment_id == Establishment.id)
        .where(RectificationCase.id.in_(ids))
    )
    found = {case.id: case for case in reading.session.scalars(reading.in_scope(query))}
    missing = [str(one) for one in ids if one not in found]
    if missing:
        raise UserError(
            f"没有编号为 {'、'.join(missing)} 的整改，或者不在本村；"
            "这种文书按整改编号（不是档案编号）打印，请核对后再试"
        )
    findings = _by_case(reading, select(Finding).where(Finding.case_id.in_(ids)).order_by(Finding.id))
    orders = _by_case(
        reading,
        select(RectificationOrder).where(RectificationOrder.case_id.in_(ids)).order_by(RectificationOrder.id),
    )
    steps = _by_case(
        reading,
        select(RectificationStep).where(RectificationStep.case_id.in_(ids)).order_by(RectificationStep.id),
    )
    places = [case.establishment_id for case in found.values()]
    records = {record.id: record for record in reading.records(places)}
    return [
        CaseFile(
            found[one],
            records[found[one].establishment_id],
            findings.get(one, ()),
            orders.get(one, ()),
            steps.get(one, ()),
        )
        for one in dict.fromkeys(ids)
    ]


def _by_case(reading: Reading, query: Select[Any]) -> Mapping[int, tuple[Any, ...]]:
    found: dict[int, tuple[Any, ...]] = {}
    for row in reading.session.scalars(query):
        found[row.case_id] = (*found.get(row.case_id, ()), row)
    return found


def asked(reading: Reading, file: CaseFile, step: CaseStep) -> RectificationStep | None:
    """Return the newest step of a kind, of the day that was asked if one was; none for a blank form."""
    if reading.is_blank:
        return None
    on = reading.wanted.issued_on
    found = [one for one in file.steps if one.step == step and on in {None, one.done_on}]
    return found[-1] if found else None


def orders_wanted(reading: Reading, wanted: Wanted, family: str | None = None) -> tuple[int, ...]:
    """Return the cases of orders, of a family if one is named, by number or day where that was asked."""
    query = (
        select(RectificationOrder.case_id)
        .join(RectificationCase, RectificationOrder.case_id == RectificationCase.id)
        .join(Establishment, RectificationCase.establishment_id == Establishment.id)
        .order_by(RectificationOrder.case_id)
    )
    if family is not None:
        query = query.where(RectificationOrder.family == family)
    if wanted.numbers:
        query = query.where(RectificationOrder.number.in_(wanted.numbers))
    if wanted.issued_on is not None:
        query = query.where(RectificationOrder.ordered_on == wanted.issued_on)
    return tuple(dict.fromkeys(reading.session.scalars(reading.in_scope(query))))


def steps_wanted(step: CaseStep, reading: Reading, wanted: Wanted) -> tuple[int, ...]:
    """Return the cases that took a step, on the day that was asked if one was."""
    query = (
        select(RectificationStep.case_id)
        .join(RectificationCase, RectificationStep.case_id == RectificationCase.id)
        .join(Establishment, RectificationCase.establishment_id == Establishment.id)
        .where(RectificationStep.step == step)
        .order_by(RectificationStep.case_id)
    )
    if wanted.issued_on is not None:
        query = query.where(RectificationStep.done_on == wanted.issued_on)
    return tuple(dict.fromkeys(reading.session.scalars(reading.in_scope(query))))


def party_of(reading: Reading, record: Establishment) -> "Party":
    """Return whom a form is about, as the register has it today."""
    from printing.case_facts import Party  # draws with ReportLab, which is slow to load

    return Party(
        record.name or record.operator_name,  # who has no shop name is before the law the person
        record.operator_name,
        reading.profile.trade(record.kind).label,
        record.address,
        reading.phone(record),
    )


def party_then(reading: Reading, file: CaseFile, order: RectificationOrder | None) -> "Party":
    """Return whom a form is about: as the order has it, where there was one."""
    party = party_of(reading, file.record)
    then = order.party if order is not None else {}
    return replace(party, **{key: then[key] for key in ("name", "operator", "address") if then.get(key)})


def family_of(reading: Reading, code: str) -> NoticeFamily:
    """Return a family of the rule pack; a case without order is the township's."""
    return reading.profile.family(code) if code else reading.profile.families[0]


def signed_family(reading: Reading, code: str) -> NoticeFamily:
    """Return a family in whose name this person may print papers."""
    family = family_of(reading, code)
    require_signer(family, reading.by)
    return family


def sentence(text: str) -> str:
    """Return a text with one full stop at its end."""
    return text.strip().rstrip("。；;，,. ") + "。"

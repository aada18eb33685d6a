"""Samples (抽检): that one was taken, and its result once it is known."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from desktop.domain.act import Actor
from desktop.domain.year_plan import SamplingResult
from desktop.errors import UserError
from desktop.models.planning import Sampling
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.cases import Casework
from desktop.services.rights import Right, require


@dataclass(frozen=True, slots=True)
class SamplingRow:
    """One sample of an establishment."""

    id: int
    establishment_id: int
    sampled_on: date
    product: str
    result: SamplingResult
    note: str


class Samplings:
    """Entering samples and their results."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def take(
        self, establishment_id: int, *, on: date, product: str, by: Actor, result: str = "", note: str = ""
    ) -> SamplingRow:
        """Put down that a sample was taken."""
        require(by, Right.INSPECT)
        if not product.strip():
            raise UserError("要写明抽的是什么品种（--product）")
        came_to = _result(result)
        with self.office.db.writing(self.office.act(by, "sampling.take")) as session:
            work = Casework(session, self.office, by)
            work.office.refuse_future(on)
            one = Sampling(
                establishment_id=work.establishment(establishment_id).id,
                sampled_on=on,
                product=product.strip(),
                result=came_to,
                note=note.strip(),
                entered_at=self.office.clock.now(),
                entered_by=by.name,
            )
            session.add(one)
            session.flush()
            return _row(one)

    def tell(self, sampling_id: int, result: str, *, by: Actor, note: str = "") -> SamplingRow:
        """Put down what came of a sample."""
        require(by, Right.INSPECT)
        came_to = _result(result)
        with self.office.db.writing(self.office.act(by, "sampling.tell")) as session:
            one = session.get(Sampling, sampling_id, with_for_update=True)
            if one is None:
                raise UserError(f"没有编号为 {sampling_id} 的抽检，请核对后再试")
            Casework(session, self.office, by).establishment(one.establishment_id)
            one.result = came_to
            one.note = note.strip() or one.note
            session.flush()
            return _row(one)

    def of(self, establishment_id: int, *, by: Actor) -> tuple[SamplingRow, ...]:
        """Return the samples of an establishment, the newest first."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            record = Casework(session, self.office, by).establishment(establishment_id)
            query = select(Sampling).where(Sampling.establishment_id == record.id)
            return tuple(map(_row, session.scalars(query.order_by(Sampling.id.desc()))))


def _row(one: Sampling) -> SamplingRow:
    return SamplingRow(
        one.id, one.establishment_id, one.sampled_on, one.product, SamplingResult(one.result), one.note
    )


def _result(typed: str) -> SamplingResult:
    for result in SamplingResult:
        if (typed.strip() or SamplingResult.WAITING) in {result, result.label}:
            return result
    known = "、".join(f"{result}（{result.label}）" for result in SamplingResult)
    raise UserError(f"没有“{typed}”这种抽检结果；可用：{known}")

"""Which papers a case's stage calls for: those the case page offers, no more and no fewer."""

from dataclasses import dataclass

from desktop.domain.act import Actor
from desktop.domain.lifecycle import Stage
from desktop.domain.profile import Profile
from desktop.domain.rectification import CaseStep
from desktop.services.papers.order_papers import CODE_OF_FAMILY
from desktop.services.papers.papers import Wanted
from desktop.services.rectification.case_history import RectificationDetail
from desktop.services.rectification.case_numbers import may_sign
from desktop.services.rights import Right, may

_UNDER_ORDER = frozenset({Stage.ORDERED, Stage.REPORTED})
_BEFORE_CHECK = _UNDER_ORDER | {Stage.CORRECTED, Stage.SUPERVISED}
_AFTER_CHECK = frozenset({Stage.PASSED, Stage.FAILED, Stage.CLOSED_OUT, Stage.CONSOLIDATING})
_CLOSING = frozenset({Stage.PASSED, Stage.CLOSED_OUT, Stage.CONSOLIDATING})
_HANDED_OVER = frozenset({Stage.TRANSFERRED, Stage.ENDED})


@dataclass(frozen=True, slots=True)
class OfferedPaper:
    """A paper that may be printed now; a blank one is filled in by hand."""

    code: str
    title: str
    is_blank: bool = False

    def wanted(self, case_id: int) -> Wanted:
        return Wanted(self.code, ids=(case_id,), is_blank=self.is_blank)


def offered(detail: RectificationDetail, profile: Profile, by: Actor) -> tuple[OfferedPaper, ...]:
    """Return what this person may print about a case as it stands."""
    if not may(by, Right.PRINT):
        return ()
    stage, steps = detail.stage, [step.step for step in detail.steps]
    found = [*_of_the_order(detail, profile, by)]
    if stage in _UNDER_ORDER and not detail.is_overdue:
        found.append(_paper(profile, "extension_approval", is_blank=True))
    if CaseStep.EXTENDED in steps and stage in _BEFORE_CHECK:
        found.append(_paper(profile, "extension_approval"))
    if stage in _BEFORE_CHECK:
        found.append(_paper(profile, "reinspection_record", is_blank=True))
    if stage in _AFTER_CHECK and CaseStep.REINSPECTED in steps:
        found.append(_paper(profile, "reinspection_record"))
    if stage in _CLOSING:
        found.append(_paper(profile, "closing_out_approval"))
    handed_over = [step for step in detail.steps if step.step is CaseStep.TRANSFERRED]
    if stage in _HANDED_OVER and handed_over and handed_over[-1].number:
        found.append(_paper(profile, "transfer_letter"))
    return tuple(found)


def _of_the_order(detail: RectificationDetail, profile: Profile, by: Actor) -> list[OfferedPaper]:
    """Return the order itself where this person may sign it, and what goes along while it runs."""
    if not detail.orders or not detail.stage.is_open or detail.stage in _HANDED_OVER:
        return []
    family = profile.family(detail.orders[-1].family)
    code = CODE_OF_FAMILY[family.code]
    order = [OfferedPaper(code, family.notice_title)] if may_sign(family, by) else []
    if detail.stage in _UNDER_ORDER:
        order += [_paper(profile, "service_receipt"), _paper(profile, "rectification_report")]
    return order


def _paper(profile: Profile, code: str, *, is_blank: bool = False) -> OfferedPaper:
    wording = profile.wording(code)
    title = wording.title if wording is not None else code
    return OfferedPaper(code, f"{title}（空白）" if is_blank else title, is_blank)

"""A sheet that meets again who had closed (死灰复燃): what it changes by itself, and what is said of it."""

from datetime import date

from desktop.domain.forms import Answer, Problem, Severity
from desktop.domain.lifecycle import OperatingStatus
from desktop.models.establishment import Establishment
from desktop.services.rectification.cases import Casework
from desktop.services.survey.trade_ends import ended_on, meet_again


def met_by_sheet(work: Casework, record: Establishment, surveyed_on: Answer) -> tuple[Problem, ...]:
    """Open again whom a sheet of a later day than its closing found trading; say what was done, or was not.

    A sheet without such a day may have been filled in before: it changes no status.
    """
    was, since = OperatingStatus(record.operating_status), ended_on(work, record)
    if since is None:
        return ()
    if not isinstance(surveyed_on, date) or surveyed_on <= since:
        there = f"这户{was.label}（{since}），这张表不是以后调查的，状态没有改动"
        return _said(f"{there}；又在经营的（死灰复燃）请录入“回头看”")
    case = meet_again(work, record, on=surveyed_on, words=f"{was.label}，{surveyed_on} 摸底时又在经营")
    now = OperatingStatus(record.operating_status).label
    opened = f"，已立整改 {case.id}，请接着再次责令" if case is not None else ""
    relapsed = "属“死灰复燃”，" if record.operating_status == OperatingStatus.CLOSING else ""
    return _said(f"这户{was.label}，{surveyed_on} 又在经营，{relapsed}存续改为“{now}”{opened}")


def _said(sentence: str) -> tuple[Problem, ...]:
    return (Problem("operator_name", "met_again", sentence, Severity.WARNING),)

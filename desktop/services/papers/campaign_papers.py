"""The schedule of a campaign as a paper (配档表): one for each campaign."""

from collections.abc import Sequence
from datetime import date

from desktop.domain.campaigns import Phase, Task
from desktop.errors import UserError
from desktop.models.planning import Campaign
from desktop.services.papers.papers import RefusedPaper, Wanted
from desktop.services.papers.sources import Made, Reading, Source, Sources
from desktop.services.planning.campaigns import running_first

SCHEDULE = "campaign_schedule"


def _holders(reading: Reading, wanted: Wanted) -> Sequence[int]:
    return [record.id for record in running_first(reading.session, reading.by) if record.ended_on is None]


def _records(reading: Reading, ids: Sequence[int]) -> list[Campaign]:
    """Return campaigns in the order asked for; one that is not there or not mine is refused."""
    found = {record.id: record for record in running_first(reading.session, reading.by)}
    missing = [str(one) for one in ids if one not in found]
    if missing:
        raise UserError(f"没有编号为 {'、'.join(missing)} 的专项整治，请核对后再试")
    return [found[one] for one in dict.fromkeys(ids)]


def _schedules(reading: Reading, records: Sequence[Campaign]) -> list[Made | RefusedPaper]:
    from printing.list_page import ListFacts  # draws with ReportLab, which is slow to load

    made: list[Made | RefusedPaper] = []
    for record in records:
        phases = [Phase.of_json(kept) for kept in record.phases]
        tasks = [Task.of_json(kept) for kept in record.tasks]
        first, last = phases[0].starts_on, phases[-1].ends_on
        basis = record.basis or "专项整治方案"
        facts = ListFacts(
            title=f"{record.name}推进配档表",
            sender=reading.profile.office,
            heading=f"{_day(first)}至{_day(last)}",
            as_of=reading.today,
            rows=tuple((task.when, task.focus, task.measures, task.remark) for task in tasks),
            totals=f"共{len(tasks)}项。",
            note=f"本表依据{basis}编排，进展另附。",
            signatures=("制表人", "审核人"),
        )
        made.append(Made(0, f"配档表{record.id}", reading.today, facts))
    return made


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


SOURCES: Sources = {SCHEDULE: Source(_schedules, _holders, _records)}

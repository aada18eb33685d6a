"""Cases whose papers are printed, and what stands on them."""

from datetime import date
from pathlib import Path
from uuid import UUID

from desktop.services.papers.papers import Wanted
from desktop.services.papers.paperwork import Paperwork
from desktop.services.rectification.inspections import Fault, Inspections
from desktop.services.rectification.rectifications import Rectifications, Until
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice, workshop
from tests.printing.reading import whole_text

DUE = date(2018, 6, 15)


TWO = ("陈国华", "何玉珍")


def shop_of(desk: TestOffice, number: int = 1, **changed: object) -> int:
    typed = workshop(**changed)
    return Surveys(desk.office).save("workshop", typed, by=desk.clerk, identity=UUID(int=number)).id


def inspected(desk: TestOffice, shop: int, *faults: Fault, on: date = TODAY) -> list[int]:
    made = faults or (Fault("W11"), Fault("W14", "使用非食用色素染豆腐干"))
    visit = Inspections(desk.office).record(shop, on=on, inspectors=TWO, faults=made, by=desk.clerk)
    return [finding.id for finding in visit.findings]


def ordered(desk: TestOffice, family: str = "township", on: date = TODAY, due: date = DUE) -> tuple[int, int]:
    """Return an establishment and its case with an order."""
    desk.clock.day = on
    shop = shop_of(desk, surveyed_on=on.isoformat())
    found = inspected(desk, shop, on=on)
    given = Rectifications(desk.office).order(
        found, until=Until(due_on=due), on=on, family=family, by=desk.clerk
    )
    return shop, given.case_id


def printed(paperwork: Paperwork, desk: TestOffice, folder: Path, code: str, *ids: int, **how: object) -> str:
    """Print papers and return the text of the file."""
    wanted = Wanted(code, ids=ids, is_blank=bool(how.pop("is_blank", False)))
    target = folder / f"{code}{len(list(folder.iterdir()))}.pdf"
    done = paperwork.print(wanted, target, by=desk.clerk, **how)
    assert done.refused == ()
    return whole_text(Path(done.file))


def said(text: str, *words: str) -> None:
    assert [word for word in words if word not in text] == []

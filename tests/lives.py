"""Papers to test with: entered, issued, changed, and one act taken about them."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from desktop.domain.paper_life import PaperAct
from desktop.models.registration import Paper, PrintEntry
from desktop.services.register.establishments import Establishments
from desktop.services.registration.paper_lives import LifeStep, PaperLives
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice, stall


def enter(
    desk: TestOffice, typed: dict[str, object] | None = None, kind: str = "stall", number: int = 1
) -> int:
    sheet = typed or stall(address=f"沙湖村{number}组{number}号")
    return Surveys(desk.office).save(kind, sheet, by=desk.clerk, identity=UUID(int=number)).id


def issue(desk: TestOffice, shop: int, *, on: date = TODAY) -> int:
    """Register an establishment and return its paper."""
    batch = Registrations(desk.office).register_all(Choice(ids=(shop,)), decided_on=on, by=desk.clerk)
    assert batch.refused == ()
    return newest(desk, shop).id


def issued(desk: TestOffice, number: int = 1) -> int:
    return issue(desk, enter(desk, number=number))


def newest(desk: TestOffice, shop: int) -> Paper:
    with desk.office.db.reading() as session:
        query = select(Paper).where(Paper.establishment_id == shop).order_by(Paper.id.desc())
        paper = session.scalars(query).first()
    assert paper is not None
    return paper


def change(desk: TestOffice, shop: int, typed: dict[str, object], kind: str = "stall") -> None:
    version = Establishments(desk.office).detail(shop, by=desk.clerk).version
    Surveys(desk.office).save(
        kind, typed, by=desk.clerk, identity=UUID(int=1), establishment_id=shop, version=version
    )


def take(
    desk: TestOffice, act: PaperAct, paper_id: int, *, on: date | None = None, reason: str = ""
) -> LifeStep:
    day = on or desk.clock.today()
    return PaperLives(desk.office).take(act, paper_id, on=day, reason=reason, by=desk.clerk)


def printed(desk: TestOffice, paper_id: int) -> int:
    """Let the log say that a paper was printed, without drawing it; return the paper."""
    with desk.office.db.writing(desk.office.act(desk.clerk, "paper.print")) as session:
        paper = session.get_one(Paper, paper_id)
        entry = PrintEntry(
            paper_id=paper.id,
            establishment_id=paper.establishment_id,
            document=paper.code,
            number=paper.number,
            copy_number=1,
            printed_on=desk.clock.today(),
            reason="",
            file="甲.pdf",
            file_sha256="0" * 64,
            facts_sha256="0" * 64,
            entered_at=desk.clock.now(),
            entered_by=desk.clerk.name,
        )
        session.add(entry)
    return paper_id

"""An office to test with: a real database, the rule pack of 金坛, eight villages, people with roles."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from desktop.domain.act import Actor, Role
from desktop.domain.profile import Profile
from desktop.domain.workdays import Calendar, shipped_years
from desktop.profiles import load_profile
from desktop.services.office.accounts import Accounts
from desktop.services.office.making import NewRegister, make_register
from desktop.services.office.villages import read_village_list
from desktop.services.open_office import OpenOffice
from desktop.sheets.untrusted import WorkbookReader
from desktop.storage.audit import Changes
from desktop.storage.database import Database

LEDGERS = Path(__file__).parent / "ledgers"
PASSWORD = "正确的-密码-1"
SECRET = bytes(range(32))
TODAY = date(2018, 6, 8)
CALENDAR = Calendar.of(shipped_years())


@dataclass(slots=True)
class StoppedClock:
    """A clock that a test moves by hand; moments go on by a second at each look."""

    day: date = TODAY
    moment: datetime = field(default=datetime(2018, 6, 8, 1, 0, tzinfo=UTC))

    def today(self) -> date:
        return self.day

    def now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@dataclass(frozen=True)
class TestOffice:
    """An open office, its clock, who works there, and what its commits announced."""

    __test__ = False

    office: OpenOffice
    clock: StoppedClock
    clerk: Actor
    heard: list[Changes]

    def somebody(self, name: str, *roles: Role, village_id: int | None = None) -> Actor:
        """Add an account with these roles and return who signs in with it."""
        Accounts(self.office).add(
            name=name, password=PASSWORD, roles=roles, village_id=village_id, by=self.clerk
        )
        account = next(a for a in Accounts(self.office).all(by=self.clerk) if a.name == name)
        return replace(
            self.clerk, account_id=account.id, name=name, roles=frozenset(roles), village_id=village_id
        )


@cache
def rule_pack(name: str) -> Profile:
    """Return a rule pack; it is frozen, so all tests of a process may share what was read once."""
    return load_profile(name)


@cache
def reader() -> WorkbookReader:
    """Return the reader of workbooks of all offices of a process: starting one takes longer than reading."""
    return WorkbookReader()


def open_test_office(place: Path | str, *, profile: str = "jintan-2018") -> TestOffice:
    """Make a register at a path or URL and open it."""
    db = Database.at(place)
    pack = rule_pack(profile)
    villages = read_village_list((LEDGERS / "villages.csv").read_bytes(), "villages.csv")
    new = NewRegister(pack, pack.township, villages, "周敏", PASSWORD)
    make_register(db, new, clock=StoppedClock(), identity=UUID(int=1), secret=SECRET, desk="测试机")
    db.close()
    return open_made_office(place, profile=profile)


def open_made_office(place: Path | str, *, profile: str = "jintan-2018") -> TestOffice:
    """Open a register that was made before; its administrator is at the desk without signing in."""
    clock = StoppedClock()
    heard: list[Changes] = []
    db = Database.at(place, heard.append)
    office = OpenOffice(db, rule_pack(profile), clock, CALENDAR, workbooks=reader())
    clerk = Actor(1, "周敏", frozenset(Role), None, "测试机")
    return TestOffice(office, clock, clerk, heard)


def stall(**changed: object) -> dict[str, object]:
    """Return the answers of a stall as somebody types them."""
    typed: dict[str, object] = {
        "village": "沙湖村",
        "address": "沙湖村3组72号",
        "operator_name": "钱杰永",
        "operator_id_number": "320413198603279990",
        "phone": "17921275136",
        "products": "馄饨",
        "employee_count": "2",
        "health_certificate_count": "2",
        "surveyed_on": "2018.5.29",
        "surveyor": "陈国华",
    }
    return typed | changed


def workshop(**changed: object) -> dict[str, object]:
    """Return the answers of a workshop as somebody types them."""
    typed = stall(
        name="沙湖豆腐坊",
        address="沙湖村6组23号",
        products="豆腐、百叶",
        operator_id_number="320482199001010019",
    )
    return typed | {"phone": "13912345678"} | changed

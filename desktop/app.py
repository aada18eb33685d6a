"""The composition root: paths → database → office → services; it alone knows everybody."""

import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

from desktop.clock import Clock, WorkingDayClock
from desktop.domain.act import Actor
from desktop.domain.profile import Profile
from desktop.domain.workdays import Calendar, YearTable, parse_year, shipped_years
from desktop.errors import EnvironmentFailedError, UserError
from desktop.paths import Assets, DataFolder
from desktop.profiles import available, load_profile
from desktop.services.accounts import Accounts
from desktop.services.applications import Applications
from desktop.services.blank_forms import BlankForms
from desktop.services.calendars import Calendars
from desktop.services.deadlines import Deadlines
from desktop.services.dossiers import Dossiers
from desktop.services.drafts import Drafts
from desktop.services.establishments import Establishments
from desktop.services.happenings import Happenings
from desktop.services.import_runs import ImportRuns
from desktop.services.imports import Imports
from desktop.services.inspections import Inspections
from desktop.services.look_backs import LookBacks
from desktop.services.making import NewRegister, make_register
from desktop.services.numbers import Numbers
from desktop.services.offices import OfficeFacts, Offices
from desktop.services.open_office import OpenOffice
from desktop.services.papers import Papers
from desktop.services.photos import Photos
from desktop.services.preferences import Preferences
from desktop.services.proofs import Proofs
from desktop.services.rectifications import Rectifications
from desktop.services.registrations import Registrations
from desktop.services.sample_round import Done, SampleRound
from desktop.services.samples import Samples, SampleWords
from desktop.services.shutdowns import Shutdowns
from desktop.services.sign_ins import SignIns
from desktop.services.surveys import Surveys
from desktop.services.tables import Tables
from desktop.services.trail import Trail
from desktop.services.villages import Villages
from desktop.services.wall import Wall
from desktop.services.workbench import Workbench
from desktop.storage.database import Database
from desktop.storage.schema import bring_up_to_date


@dataclass(frozen=True)
class Program:
    """One run of the program: where it works, on which day, and everything it is made of.

    The parts are made when they are first asked for, so that a verb pays only for what it uses.
    """

    data: DataFolder
    database_url: str | None
    clock: Clock
    assets: Assets
    environment: Mapping[str, str]
    new_identity: Callable[[], UUID] = uuid4

    @cached_property
    def database(self) -> Database:
        if self.database_url:
            return Database.at(self.database_url)
        try:
            self.data.root.mkdir(parents=True, exist_ok=True)
        except OSError as failed:
            raise EnvironmentFailedError(
                f"数据文件夹 {self.data.root} 建不起来（{failed.strerror}）；请检查权限，或用 --data 另指一处"
            ) from failed
        return Database.at(self.data.register)

    def close(self) -> None:
        """Let go of the database, if it was asked for at all."""
        if "database" in self.__dict__:
            self.database.close()

    @cached_property
    def office(self) -> OpenOffice:
        """The office of the register that is here; without one the person is told how to make it."""
        if not self.has_register():
            raise UserError(
                f"{self.data.root} 里还没有登记册；"
                "请先运行 sanxiao init --profile 规则包 --villages 村名单.csv"
            )
        bring_up_to_date(self.database)
        profile = self.profile_named(Offices(self.database).profile_name())
        return OpenOffice(self.database, profile, self.clock, self.calendar)

    @property
    def profile_folders(self) -> tuple[Path, ...]:
        return (self.data.profiles,)

    @property
    def profiles(self) -> tuple[Profile, ...]:
        try:
            return available(self.profile_folders)
        except ValueError as wrong:
            raise UserError(str(wrong)) from wrong

    def profile_named(self, name: str) -> Profile:
        """Return a rule pack; a wrong or unknown one is refused with its sentence."""
        try:
            return load_profile(name, self.profile_folders)
        except ValueError as wrong:
            raise UserError(str(wrong)) from wrong

    @cached_property
    def calendar(self) -> Calendar:
        """Workdays of the years that ship; a year that the office loaded wins."""
        years: dict[int, YearTable] = {table.year: table for table in shipped_years()}
        if self.data.years.is_dir():
            for path in sorted(self.data.years.glob("*.toml")):
                table = parse_year(path.read_text(encoding="utf-8"), path.name)
                years[table.year] = table
        return Calendar.of(years.values())

    @property
    def desk(self) -> str:
        return socket.gethostname()

    def make_register(
        self, *, profile: str, township: str, villages: list[tuple[str, str]], is_sample: bool = False
    ) -> NewRegister:
        """Make an empty register here; who administers it comes from the environment."""
        pack = self.profile_named(profile)
        new = NewRegister(
            profile=pack,
            township=township or pack.township,
            villages=villages,
            administrator=self.environment.get("SANXIAO_USER", ""),
            password=self.environment.get("SANXIAO_PASSWORD", ""),
            is_sample=is_sample,
        )
        self.make(new)
        return new

    def make(self, new: NewRegister) -> None:
        """Make an empty register here as somebody at the first start asks for it."""
        make_register(self.database, new, clock=self.clock, identity=self.new_identity(), desk=self.desk)

    def has_register(self) -> bool:
        """Tell whether there is a register to sign in to."""
        is_file_missing = self.database_url is None and not self.data.register.is_file()
        return not is_file_missing and self.database.has_register()

    def opened_anew(self) -> "Program":
        """Return the same program before anything of it was made: what the files say now counts."""
        return replace(self)

    @cached_property
    def actor(self) -> Actor:
        """Who acts on the command line: ``SANXIAO_USER`` with ``SANXIAO_PASSWORD``."""
        name = self.environment.get("SANXIAO_USER", "")
        if not name:
            raise UserError("没有说明是谁在办：请设环境变量 SANXIAO_USER 和 SANXIAO_PASSWORD")
        password = self.environment.get("SANXIAO_PASSWORD", "")
        return self.accounts.sign_in(name, password, desk=self.desk)

    @cached_property
    def accounts(self) -> Accounts:
        return Accounts(self.office)

    @cached_property
    def office_facts(self) -> OfficeFacts:
        return Offices(self.database).facts()

    @cached_property
    def villages(self) -> Villages:
        return Villages(self.office)

    @cached_property
    def establishments(self) -> Establishments:
        return Establishments(self.office)

    @cached_property
    def surveys(self) -> Surveys:
        return Surveys(self.office)

    @cached_property
    def imports(self) -> Imports:
        return Imports(self.office, self.surveys, self.new_identity)

    @cached_property
    def tables(self) -> Tables:
        return Tables(self.office)

    @cached_property
    def applications(self) -> Applications:
        return Applications(self.office)

    @cached_property
    def registrations(self) -> Registrations:
        return Registrations(self.office)

    @cached_property
    def papers(self) -> Papers:
        return Papers(self.office, self.assets.fonts)

    @cached_property
    def inspections(self) -> Inspections:
        return Inspections(self.office)

    @cached_property
    def rectifications(self) -> Rectifications:
        return Rectifications(self.office)

    @cached_property
    def deadlines(self) -> Deadlines:
        return Deadlines(self.office)

    @cached_property
    def shutdowns(self) -> Shutdowns:
        return Shutdowns(self.office)

    @cached_property
    def look_backs(self) -> LookBacks:
        return LookBacks(self.office)

    @cached_property
    def trail(self) -> Trail:
        return Trail(self.office)

    @cached_property
    def drafts(self) -> Drafts:
        return Drafts(self.office)

    @cached_property
    def preferences(self) -> Preferences:
        return Preferences(self.office)

    @cached_property
    def workbench(self) -> Workbench:
        return Workbench(self.office)

    @cached_property
    def happenings(self) -> Happenings:
        return Happenings(self.office)

    @cached_property
    def proofs(self) -> Proofs:
        return Proofs(self.office, self.assets.fonts)

    @cached_property
    def dossiers(self) -> Dossiers:
        return Dossiers(self.office)

    @cached_property
    def photos(self) -> Photos:
        return Photos(self.office)

    @cached_property
    def blank_forms(self) -> BlankForms:
        return BlankForms(self.office, self.assets.fonts)

    @cached_property
    def numbers(self) -> Numbers:
        return Numbers(self.office)

    @cached_property
    def import_runs(self) -> ImportRuns:
        return ImportRuns(self.office)

    @cached_property
    def sign_ins(self) -> SignIns:
        return SignIns(self.office)

    @cached_property
    def calendars(self) -> Calendars:
        return Calendars(self.office, self.data.years)

    @cached_property
    def wall(self) -> Wall:
        return Wall(self.office)

    def sample_in(
        self, folder: Path, *, password: str, has_chosen_day: bool, count: int, seed: int
    ) -> "Program":
        """Make a sample township in an empty folder; return the program that works on it."""
        words = SampleWords.shipped()
        day = self.clock.today() if has_chosen_day else words.today
        sample = Program(
            data=DataFolder(folder),
            database_url=None,
            clock=WorkingDayClock(day, self.clock),
            assets=self.assets,
            environment={"SANXIAO_USER": words.clerk, "SANXIAO_PASSWORD": password},
        )
        villages = list(words.villages)
        sample.make_register(profile=words.profile, township="", villages=villages, is_sample=True)
        Samples(sample.office, chance=Random(seed)).play(count, by=sample.actor)
        return sample

    def work_through(self, out: Path) -> Done:
        """Do one round of the work on the sample; leave papers and workbooks in a folder."""
        samples = Samples(self.office, chance=Random(self.office.profile.name))
        worked = SampleRound(self.office, samples, self.imports, self.assets.fonts)
        return worked.work_through(out, by=self.actor)


def program_for(
    *,
    data: Path,
    database_url: str | None,
    clock: Clock,
    environment: Mapping[str, str] = os.environ,
) -> Program:
    """Put a program together for one run."""
    return Program(
        data=DataFolder(data),
        database_url=database_url,
        clock=clock,
        assets=Assets.found(environment),
        environment=environment,
    )

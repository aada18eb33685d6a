"""The composition root: paths → database → office → services; it alone knows everybody."""

import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from random import Random
from secrets import token_bytes
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from desktop.clock import Clock, WorkingDayClock
from desktop.domain.act import Actor
from desktop.domain.profile import Profile, Shelf
from desktop.domain.workdays import Calendar, YearTable, parse_year, shipped_years
from desktop.errors import EnvironmentFailedError, UserError, words_of
from desktop.office_services import OfficeServices
from desktop.paths import Assets, DataFolder
from desktop.profiles import SHIPPED, available, load_profile
from desktop.services.office.offices import OfficeFacts, Offices
from desktop.services.open_office import LayoutFolders, OpenOffice
from desktop.storage.database import Database
from desktop.storage.schema import bring_up_to_date

if TYPE_CHECKING:
    from desktop.services.office.making import NewRegister
    from desktop.services.sample.round import Done


@dataclass(frozen=True)
class Program(OfficeServices):
    """One run of the program: where it works, on which day, and everything it is made of.

    The parts are made when they are first asked for, so that a verb pays only for what it uses.
    """

    data: DataFolder
    database_url: str | None
    clock: Clock
    assets: Assets
    environment: Mapping[str, str]
    new_identity: Callable[[], UUID] = uuid4
    new_secret: Callable[[], bytes] = token_bytes  # 32 of them, as Python takes to be enough

    @cached_property
    def database(self) -> Database:
        if self.database_url:
            return Database.at(self.database_url)
        try:
            self.data.root.mkdir(parents=True, exist_ok=True)
        except OSError as failed:
            raise EnvironmentFailedError(
                f"数据文件夹 {self.data.root} 建不起来（{words_of(failed)}）；"
                "请检查权限，或用 --data 另指一处"
            ) from failed
        return Database.at(self.data.register)

    def close(self) -> None:
        """Let go of the database and of whoever reads workbooks, if they were asked for at all."""
        if "office" in self.__dict__:
            self.office.workbooks.stop()
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
        folders = LayoutFolders(own=self.data.profiles / profile.name, shipped=SHIPPED / profile.name)
        return OpenOffice(self.database, profile, self.clock, self.calendar, folders, fonts=self.assets.fonts)

    @property
    def profile_folders(self) -> tuple[Path, ...]:
        return (self.data.profiles,)

    @property
    def profiles(self) -> Shelf:
        return available(self.profile_folders)

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
    ) -> "NewRegister":
        """Make an empty register here; who administers it comes from the environment."""
        from desktop.services.office.making import NewRegister

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

    def make(self, new: "NewRegister") -> None:
        """Make an empty register here as somebody at the first start asks for it."""
        from desktop.services.office.making import make_register

        make_register(
            self.database,
            new,
            clock=self.clock,
            identity=self.new_identity(),
            secret=self.new_secret(),
            desk=self.desk,
        )

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
    def office_facts(self) -> OfficeFacts:
        """What the register says of itself, once its office opens: a damaged rule pack is refused first."""
        return Offices(self.office.db).facts()

    def sample_in(
        self, folder: Path, *, password: str, has_chosen_day: bool, count: int, seed: int
    ) -> "Program":
        """Make a sample township in an empty folder; return the program that works on it."""
        from desktop.services.sample.township import Samples, SampleWords

        words = SampleWords.shipped()
        day = self.clock.today() if has_chosen_day else words.today
        sample = Program(
            data=DataFolder(folder),
            database_url=None,
            clock=WorkingDayClock(day, self.clock),
            assets=self.assets,
            environment={"SANXIAO_USER": words.clerk, "SANXIAO_PASSWORD": password},
            new_secret=self.new_secret,
        )
        villages = list(words.villages)
        sample.make_register(profile=words.profile, township="", villages=villages, is_sample=True)
        Samples(sample.office, chance=Random(seed)).play(count, by=sample.actor)
        return sample

    def work_through(self, out: Path) -> "Done":
        """Do one round of the work on the sample; leave papers and workbooks in a folder."""
        from desktop.services.sample.round import SampleRound
        from desktop.services.sample.township import Samples

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

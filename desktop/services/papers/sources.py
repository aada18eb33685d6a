"""What a paper is made from: the protocol between the register and whatever prints one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.citation import cite
from desktop.domain.masking import mask
from desktop.domain.paperwork import PaperWording, RegistrationIssuer
from desktop.domain.profile import Profile
from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.services.office.villages import villages_of
from desktop.services.open_office import OpenOffice
from desktop.services.papers.papers import RefusedPaper, Wanted
from desktop.services.rights import village_scope

NO_PAPER = "no_paper"
"""The code of a refusal: the register holds nothing that this paper could say."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An open block to read from, for one person on one day, and what is wanted from it."""

    session: Session
    office: OpenOffice
    by: Actor
    wanted: Wanted

    @property
    def profile(self) -> Profile:
        return self.office.profile

    @property
    def village_id(self) -> int | None:
        return self.wanted.village_id

    @property
    def is_blank(self) -> bool:
        """True where records are asked for their form to be filled in by hand."""
        return self.wanted.is_blank

    @property
    def today(self) -> date:
        return self.office.clock.today()

    def in_scope(self, query: Select[Any]) -> Select[Any]:
        """Narrow a question about establishments to the village of who asks, and to the one chosen."""
        for village in (village_scope(self.by), self.village_id):
            if village is not None:
                query = query.where(Establishment.village_id == village)
        return query

    def records(self, ids: Sequence[int]) -> list[Establishment]:
        """Return establishments in the order asked for; one that is not there or not mine is refused."""
        query = self.in_scope(select(Establishment).where(Establishment.id.in_(ids)))
        found = {record.id: record for record in self.session.scalars(query)}
        missing = [str(one) for one in ids if one not in found]
        if missing:
            raise UserError(f"没有编号为 {'、'.join(missing)} 的档案，或者不在本村；请核对后再试")
        return [found[one] for one in dict.fromkeys(ids)]

    def village(self, record: Establishment) -> str:
        names = {village.id: village.name for village in villages_of(self.session)}
        return names[record.village_id]

    def identity_number(self, record: Establishment) -> str:
        """Return an identity number as the rule pack masks it; empty where none is known."""
        number = record.operator_id_number
        return mask(number, self.profile.masking.identity_number) if number else ""

    def phone(self, record: Establishment) -> str:
        return mask(record.phone, self.profile.masking.phone) if record.phone else ""

    def wording(self, code: str, kind: str = "") -> PaperWording:
        """Return the words of a paper, of a trade where it has its own; a rule pack without is refused."""
        wording = self.profile.wording(code, kind)
        if wording is None:
            raise UserError(
                f"规则包“{self.profile.title}”没有写这种文书（{code}）的文字；请补一段 [[paper_wording]]"
            )
        return wording

    def issuer(self, kind: str) -> RegistrationIssuer:
        issuer = self.profile.registration_issuer(kind)
        if issuer is None:
            label = self.profile.trade(kind).label
            raise UserError(
                f"规则包“{self.profile.title}”没有写“{label}”由谁登记；请补一段 [[registration_issuer]]"
            )
        return issuer

    def cited(self, laws: Sequence[str], on: date) -> str:
        """Return clauses as they stood on a day, cited as papers do; one not in force is refused."""
        parts = []
        for code in laws:
            basis = self.profile.law(code, on)
            if basis is None:
                raise UserError(
                    f"规则包“{self.profile.title}”没有写 {on:%Y-%m-%d} 有效的依据（{code}）；请补一段 [[law]]"
                )
            parts.append(basis)
        return cite(parts)


@dataclass(frozen=True, slots=True)
class Made:
    """The facts of one paper, what the log calls it, and the day it bears; 0 is no single establishment.

    ``code`` says which paper it is, where more than one kind goes into the file. A list of many names
    in ``abouts`` whom each of its rows is about.
    """

    establishment_id: int
    number: str
    on: date
    facts: object
    code: str = ""
    abouts: "tuple[About, ...]" = ()


@dataclass(frozen=True, slots=True)
class About:
    """The record that a row of a list is about."""

    establishment_id: int
    archive_number: str
    title: str

    @classmethod
    def of(cls, record: Establishment) -> "About":
        return cls(
            record.id, record.archive_number, called(record.name, record.operator_name, record.products)
        )


def nothing(record: Establishment, sentence: str) -> RefusedPaper:
    """Return the refusal of a paper for which an establishment gives no occasion."""
    return RefusedPaper(record.id, record.archive_number, NO_PAPER, sentence, ())


@dataclass(frozen=True, slots=True)
class Source:
    """How one paper is made: from which records, and of each of them what.

    ``holders`` names those that have occasion for such a paper, as narrow as ``Wanted`` lets it;
    ``records`` reads them by their ids, which are establishments unless a paper says otherwise.
    """

    make: Callable[[Reading, Sequence[Any]], Sequence[Made | RefusedPaper]]
    holders: Callable[[Reading, Wanted], Sequence[int]]
    records: Callable[[Reading, Sequence[int]], Sequence[Any]] = Reading.records


Sources = Mapping[str, Source]

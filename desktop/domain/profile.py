"""The rule pack a township works under: names, papers, numbers, deadlines and questions, all of them data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from desktop.domain.act import Role
from desktop.domain.case_rules import ANY_ITEM, Breach, Receiver
from desktop.domain.countables import Countable
from desktop.domain.forms import Question, Section, Source, SurveyForm
from desktop.domain.paper_life import BanGround, LateRenewal, RenewedFrom
from desktop.domain.paperwork import PaperWording, RegistrationIssuer, ReviewBody
from desktop.domain.risk import RiskRules


@dataclass(frozen=True, slots=True)
class Validity:
    """How long a paper is good for: years, months, or (neither) without end."""

    years: int = 0
    months: int = 0

    def ends_on(self, start: date) -> date | None:
        """Return the last valid day, the day before the anniversary; ``None`` means 长期."""
        if not self.years and not self.months:
            return None
        months = start.month - 1 + self.years * 12 + self.months
        year, month = start.year + months // 12, months % 12 + 1
        try:
            anniversary = date(year, month, start.day)
        except ValueError:  # no such day in that month: the period ends with the month
            anniversary = date(year + month // 12, month % 12 + 1, 1)
        return anniversary - timedelta(days=1)

    @property
    def label(self) -> str:
        parts = [f"{self.years}年" if self.years else "", f"{self.months}个月" if self.months else ""]
        return "".join(parts) or "长期"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One labelled line of a certificate or card and the fact that stands in it.

    An optional line is left out where the fact is not known; any other missing fact stops the print.
    """

    label: str
    fact: str
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Ban:
    """For how long the person may not register again (禁业), and the clause of the rule pack that says so.

    Where no clause is in force here, ``law`` is empty and the source tells what the term was taken from.
    ``binds_representative`` is said of bans that name the legal representative of a company beside it.
    """

    term: Validity
    law: str
    source: Source
    binds_representative: bool = False


@dataclass(frozen=True, slots=True)
class PaperLife:
    """What this province says about a paper's life, beside the table of the statutes.

    A change of one of ``new_paper_facts`` needs a paper with a number of its own.
    """

    late_renewal: LateRenewal
    renewed_from: RenewedFrom
    new_paper_facts: tuple[str, ...]
    bans: Mapping[BanGround, Ban]
    source: Source


@dataclass(frozen=True, slots=True)
class PaperRule:
    """The paper that a trade is given: its name, issuer, number, validity and lines."""

    code: str
    title: str
    layout: str
    number_label: str
    issuer: str
    issuer_label: str
    date_label: str
    seal_words: str
    copy_word: str
    hotlines: tuple[str, ...]
    number_template: str
    number_prefix: str
    number_trade_digit: str
    number_scope: tuple[str, ...]
    number_is_confirmed: bool
    validity: Validity
    life: PaperLife
    expiring_days: int
    rows: tuple[PaperRow, ...]
    note: str
    accent: str
    source: Source
    sources: Mapping[str, Source]


@dataclass(frozen=True, slots=True)
class Trade:
    """One of the small trades as this province knows it."""

    code: str
    label: str
    short_label: str
    survey_title: str
    aliases: tuple[str, ...]
    mandatory_facts: tuple[str, ...]
    required_answers: tuple[str, ...]
    materials: tuple[str, ...]
    area_most_m2: int | None
    people_most: int | None
    paper: PaperRule
    source: Source


class DayKind(StrEnum):
    """Whether a period counts workdays or every day."""

    WORKDAYS = "workdays"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Period:
    """A statutory period: how many days of which kind."""

    code: str
    label: str
    days: int
    kind: DayKind
    source: Source


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One item of a trade's check list; a starred one bars registration while it is open.

    ``score`` is what it counts for (分值), 0 where the list has no scores.
    """

    code: str
    trades: tuple[str, ...]
    text: str
    finding: str
    is_starred: bool
    days: int
    source: Source
    score: int = 0


@dataclass(frozen=True, slots=True)
class ProhibitedProduct:
    """A food that a trade must not make or sell; the words around it that make it harmless."""

    word: str
    unless: tuple[str, ...]
    trades: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A clause that papers and refusals cite, with the days on which it is in force.

    ``trades`` are those it is about; empty, it is about all. A card that is no permit has none of permits.
    """

    code: str
    title: str
    article: str
    says: str
    effective_from: date
    effective_until: date | None
    source: Source
    trades: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeFamily:
    """Who signs the papers about putting right: the township informs, market supervision orders.

    Only accounts of a role in ``signed_by`` may sign in its name (行政处罚法 art. 24; DOMAIN.md fact 7).
    """

    code: str
    label: str
    issuer: str
    notice_title: str
    number_word: str
    copy_to: str
    contact: str
    signed_by: tuple[Role, ...]
    reviews: tuple[ReviewBody, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class CodeRule:
    """What the QR on a paper holds: signed facts, plain lines, or a county address with the number."""

    content: str
    url: str
    source: Source


@dataclass(frozen=True, slots=True)
class Masking:
    """How personal numbers look where they need not be read in full."""

    identity_number: str
    phone: str
    name_in_public: str
    address_in_public: str
    """``village``: the village alone, or ``whole``."""

    source: Source


@dataclass(frozen=True, slots=True)
class Profile:
    """A whole rule pack, read and checked."""

    name: str
    title: str
    province: str
    county: str
    township: str
    region_code: str
    township_code: str
    effective_from: date
    office: str
    shutdown_authority: str
    trades: tuple[Trade, ...]
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    periods: tuple[Period, ...]
    check_items: tuple[CheckItem, ...]
    prohibited_products: tuple[ProhibitedProduct, ...]
    families: tuple[NoticeFamily, ...]
    masking: Masking
    code: CodeRule
    legal_basis: tuple[LegalBasis, ...]
    registration_issuers: tuple[RegistrationIssuer, ...]
    paper_wordings: tuple[PaperWording, ...]
    countables: tuple[Countable, ...]
    breaches: tuple[Breach, ...]
    receivers: tuple[Receiver, ...]
    risk: RiskRules
    source: Source

    @property
    def places_above(self) -> tuple[str, ...]:
        """Return what lies above the villages, from the province down."""
        return (self.province, self.county, self.township)

    def trade(self, code: str) -> Trade:
        """Return one trade; an unknown code is a ``KeyError``."""
        return _named(self.trades, code)

    def has_trade(self, code: str) -> bool:
        return any(trade.code == code for trade in self.trades)

    def form(self, trade_code: str) -> SurveyForm:
        """Return the survey form of a trade: the one definition behind screen, workbook, checks and paper."""
        trade = self.trade(trade_code)
        return SurveyForm(
            kind=trade.code,
            title=trade.survey_title,
            sections=self.sections,
            questions=tuple(q for q in self.questions if trade.code in q.trades),
            required=frozenset(trade.required_answers),
        )

    def period(self, code: str) -> Period:
        return _named(self.periods, code)

    def has_period(self, code: str) -> bool:
        return any(period.code == code for period in self.periods)

    def family(self, code: str) -> NoticeFamily:
        return _named(self.families, code)

    def registration_issuer(self, trade_code: str) -> RegistrationIssuer | None:
        """Return who registers a trade; ``None`` where the rule pack does not say."""
        found = (issuer for issuer in self.registration_issuers if trade_code in issuer.trades)
        return next(found, None)

    def wording(self, code: str, trade_code: str = "") -> PaperWording | None:
        """Return the words of a paper, a trade's own before those of all; ``None`` where there are none."""
        found = [wording for wording in self.paper_wordings if wording.code == code]
        own = [wording for wording in found if trade_code in wording.trades]
        return next(iter([*own, *(wording for wording in found if not wording.trades)]), None)

    def breach(self, item: str, trade_code: str) -> Breach:
        """Return what a finding breaks; one of no check-list item breaks what ``*`` says."""
        known = {item.code for item in self.items(trade_code)}
        wanted = item if item in known else ANY_ITEM
        return next(one for one in self.breaches if wanted in one.items and trade_code in one.trades)

    def items(self, trade_code: str) -> tuple[CheckItem, ...]:
        """Return the check list of a trade in its order."""
        return tuple(item for item in self.check_items if trade_code in item.trades)

    def prohibited(self, trade_code: str) -> tuple[ProhibitedProduct, ...]:
        return tuple(p for p in self.prohibited_products if trade_code in p.trades)

    def law(self, code: str, on: date, kind: str = "") -> LegalBasis | None:
        """Return the clause as it stood on that day, for a trade only where it is about that trade."""
        for basis in self.legal_basis:
            until = basis.effective_until or date.max
            is_about = not kind or not basis.trades or kind in basis.trades
            if basis.code == code and basis.effective_from <= on <= until and is_about:
                return basis
        return None


_Coded = TypeVar("_Coded", Trade, Period, NoticeFamily)


def _named(things: Iterable[_Coded], code: str) -> _Coded:
    for thing in things:
        if thing.code == code:
            return thing
    raise KeyError(code)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The rule packs that are here, by name, and a sentence for each file that is none."""

    profiles: tuple[Profile, ...]
    faults: tuple[str, ...]

"""A sample township to try the program with: invented people and shops, the same for the same seed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.resources import files
from random import Random
from uuid import UUID

import tomli

from desktop.clock import WorkingDayClock
from desktop.domain.act import Actor
from desktop.domain.forms import Question, QuestionType, SurveyForm
from desktop.domain.identity import check_digit
from desktop.domain.profile import Profile, Trade
from desktop.services.office.villages import VillageRow, Villages
from desktop.services.open_office import OpenOffice
from desktop.services.registration.applications import Applications, Step
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.sample.inspections import SampleInspections
from desktop.services.survey.surveys import Surveys

_APPLICATIONS = 7
_USUAL = 6  # the first choice of a question is the usual one, and that much likelier than another


@dataclass(frozen=True, slots=True)
class SampleWords:
    """The words that sample names are put together from; data, because they name places and people."""

    profile: str
    clerk: str
    inspectors: tuple[str, ...]
    today: date
    surveyed: tuple[date, date]
    registered: tuple[tuple[str, date, int], ...]
    villages: tuple[tuple[str, str], ...]
    always: Mapping[str, str]
    yes_share: Mapping[str, int]
    surnames: tuple[str, ...]
    given: tuple[str, ...]
    rare_names: tuple[str, ...]
    surveyors: tuple[str, ...]
    products: dict[str, tuple[str, ...]]
    name_endings: dict[str, tuple[str, ...]]

    @classmethod
    def shipped(cls) -> "SampleWords":
        text = (files("desktop.services.sample") / "words.toml").read_text(encoding="utf-8")
        words = tomli.loads(text)
        people = words["people"]
        first, last = words["surveyed"]
        return cls(
            profile=words["profile"],
            clerk=words["clerk"],
            inspectors=tuple(words["inspectors"]),
            today=words["today"],
            surveyed=(first, last),
            registered=tuple((one["trade"], one["on"], one["share"]) for one in words["registered"]),
            always=words["always"],
            yes_share=words["yes_share"],
            villages=tuple((village["code"], village["name"]) for village in words["village"]),
            surnames=tuple(people["surnames"]),
            given=tuple(people["given"]),
            rare_names=tuple(people["rare_names"]),
            surveyors=tuple(people["surveyors"]),
            products={kind: tuple(foods) for kind, foods in words["products"].items()},
            name_endings={kind: tuple(endings) for kind, endings in words["name_endings"].items()},
        )

    def moved_to(self, today: date) -> "SampleWords":
        """Return the same words with every day as far from ``today`` as it was from the sample's own."""
        by = today - self.today
        first, last = self.surveyed
        registered = tuple((trade, day + by, share) for trade, day, share in self.registered)
        return replace(self, today=today, surveyed=(first + by, last + by), registered=registered)


class Samples:
    """Fills an empty register by the same use cases that a clerk goes through."""

    def __init__(self, office: OpenOffice, *, chance: Random) -> None:
        self.office = office
        self.chance = chance
        self.words = SampleWords.shipped().moved_to(office.clock.today())

    def play(self, count: int, *, by: Actor) -> None:
        """Live through the first months: the survey, the first decisions, the first inspections."""
        self.survey(count, by=by)
        for trade, day, share in self.words.registered:
            if self.office.profile.has_trade(trade):
                self._register(trade, day, share, by)
        self._apply(by)
        SampleInspections(self.office, chance=self.chance, inspectors=self.words.inspectors).play(by=by)

    def survey(self, count: int, *, by: Actor) -> int:
        """Enter establishments as a survey would, and return how many were entered."""
        starts_on, ends_on = self.words.surveyed
        villages = Villages(self.office).all()
        surveys = Surveys(self.office)
        name = f"{starts_on.year}年摸底调查"
        round_id = surveys.open_round(name=name, starts_on=starts_on, ends_on=None, by=by)
        sheets = self._sheets(count, villages, self.office.profile, starts_on, ends_on)
        return surveys.enter_all(list(sheets), round_id=round_id, by=by)

    def invent(self, kind: str, village: VillageRow, *, surveyed_on: date) -> dict[str, object]:
        """Return the answers of one more establishment, as somebody would type them."""
        profile = self.office.profile
        return self._sheet(profile.trade(kind), profile.form(kind), village, surveyed_on)

    def _register(self, trade: str, day: date, share: int, by: Actor) -> None:
        registrations = Registrations(self._on(day))
        candidates = registrations.candidates(Choice(kind=trade), by=by)
        eligible = [one.id for one in candidates if not one.reasons]
        chosen = sorted(self.chance.sample(eligible, k=len(eligible) * share // 100))
        if chosen:
            registrations.register_all(Choice(ids=tuple(chosen)), decided_on=day, by=by)

    def _apply(self, by: Actor) -> None:
        """Let a few apply one by one, so that applications stand at every step."""
        today = self.office.clock.today()
        candidates = Registrations(self.office).candidates(Choice(), by=by)
        waiting = [one for one in candidates if not one.reasons]
        chosen = self.chance.sample(waiting, k=min(_APPLICATIONS, len(waiting)))
        for number, one in enumerate(chosen):
            steps = ((Step.ACCEPT, 1), (Step.SITE_CHECK, 2))[: number % 3]
            day = today - timedelta(days=2 + 3 * number if steps else number // 3 + 1)
            materials = self.office.profile.trade(one.kind).materials
            applications = Applications(self._on(day))
            given = materials if number % 4 else materials[:-1]
            application = applications.apply(one.id, on=day, materials=given, by=by)
            for step, days in steps:
                on = day + timedelta(days=days)
                people = self.chance.sample(self.words.inspectors, k=2)
                Applications(self._on(on)).take_step(application, step, on=on, people=people, by=by)

    def _on(self, day: date) -> OpenOffice:
        return replace(self.office, clock=WorkingDayClock(day, self.office.clock))

    def _sheets(
        self, count: int, villages: Sequence[VillageRow], profile: Profile, first: date, last: date
    ) -> Iterator[tuple[str, dict[str, object], UUID]]:
        for number in range(count):
            trade = self.chance.choices(profile.trades, weights=range(len(profile.trades), 0, -1))[0]
            village = villages[number % len(villages)]
            days = self.chance.randint(0, (last - first).days)
            identity = UUID(int=self.chance.getrandbits(128), version=4)
            sheet = self._sheet(trade, profile.form(trade.code), village, first + timedelta(days=days))
            yield trade.code, sheet, identity

    def _sheet(
        self, trade: Trade, form: SurveyForm, village: VillageRow, surveyed_on: date
    ) -> dict[str, object]:
        chance = self.chance
        people = chance.choices((1, 2, 3, 4, 6), weights=(30, 35, 20, 10, 5))[0]
        group, house = chance.randint(1, 22), chance.randint(1, 120)
        products = self._products(trade.code)
        operator = self._person()
        sheet: dict[str, object] = {
            "village": village.name,
            "address": f"{village.name}{group}组{house}号",
            "operator_name": operator,
            "operator_id_number": self._id_number(),
            "phone": f"1{chance.choice('3578')}{chance.randint(0, 10**9 - 1):09d}",
            "products": "、".join(products),
            "employee_count": people,
            "health_certificate_count": people if chance.random() < 0.85 else people - 1,
            "surveyed_on": surveyed_on,
            "surveyor": chance.choice(self.words.surveyors),
        }
        sheet["name"] = self._name(trade.code, operator, village)
        sheet["area_m2"] = chance.randint(6, 49)
        sheet["business_licence"] = chance.random() < 0.6
        return self._answered(form, sheet)

    def _answered(self, form: SurveyForm, sheet: dict[str, object]) -> dict[str, object]:
        """Keep what this form asks, and answer its closed questions that are still open."""
        answered = {code: value for code, value in sheet.items() if form.has(code)}
        for question in form.questions:
            if question.code not in answered and not question.is_core:
                value = self._closed(question)
                if value is not None:
                    answered[question.code] = value
        return answered

    def _closed(self, question: Question) -> object:
        if question.code in {"route", "disposition"}:
            return None  # decided later, not found by a visit
        match question.type:
            case QuestionType.CHOICE:
                usual = self.words.always.get(question.code)
                weights = [_USUAL, *[1] * (len(question.choices) - 1)]
                return usual or self.chance.choices(question.choices, weights)[0].code
            case QuestionType.YES_NO:
                return self.chance.randrange(100) < self.words.yes_share.get(question.code, 70)
            case _:
                return None

    def _person(self) -> str:
        if self.chance.random() < 0.02:
            return self.chance.choice(self.words.rare_names)
        given = "".join(self.chance.choices(self.words.given, k=self.chance.choice((1, 2, 2))))
        return self.chance.choice(self.words.surnames) + given

    def _name(self, kind: str, operator: str, village: VillageRow) -> str | None:
        endings = self.words.name_endings.get(kind, ())
        if not endings:
            return None
        stem = self.chance.choice((operator[:1] + "记", village.name[:2], f"老{operator[:1]}"))
        return f"{stem}{self.chance.choice(endings)}"

    def _products(self, kind: str) -> list[str]:
        foods = self.words.products.get(kind) or self.words.products["stall"]
        return self.chance.sample(foods, k=self.chance.choice((1, 1, 2, 3)))

    def _id_number(self) -> str:
        born = date(1950, 1, 1) + timedelta(days=self.chance.randint(0, 18_000))
        body = f"{self.office.profile.region_code}{born:%Y%m%d}{self.chance.randint(1, 899):03d}"
        return body + check_digit(body)

"""The risk level of each establishment as the database answers it: one definition for one and for all."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import CTE, Boolean, ColumnElement, Select, case, func, literal, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from desktop.domain.lifecycle import Stage
from desktop.domain.risk import Happened, Risk, RiskRules, RiskSign
from desktop.models.establishment import Establishment
from desktop.models.planning import RiskDecision
from desktop.models.rectification import Finding, RectificationCase
from desktop.services.open_office import OpenOffice

_RUNNING = [str(stage) for stage in Stage if stage.has_running_deadline]


def levels_of(
    office: OpenOffice, *conditions: ColumnElement[bool], ids: Collection[int] | None = None
) -> CTE:
    """Ask for the level of all whom the conditions choose: ``id``, ``place``, ``signs``, ``is_decided``.

    ``place`` counts the levels from the lowest, bit n of ``signs`` is the n-th sign of the rule pack. What
    each step needs is worked out once for each establishment, not again for each sign that looks at it.
    Where a few are named by their ``ids``, only what happened to them is looked at.
    """
    rules = office.profile.risk
    facts = once(_facts(office, ids).where(*conditions), "facts")
    signs: ColumnElement[int] = literal(0)
    for number, sign in enumerate(rules.signs):
        signs = signs + case((facts.c.kind.in_(sign.trades) & _shows(sign, facts), 1 << number), else_=0)
    shown = once(select(facts.c.id, facts.c.kind, facts.c.decided, signs.label("signs")), "shown")
    is_decided = shown.c.decided.in_([level.code for level in rules.levels])
    levels = select(
        shown.c.id,
        shown.c.signs,
        case((is_decided, 1), else_=0).label("is_decided"),
        _place(rules, shown).label("place"),
    )
    return once(levels, "levels")


def risk_of(rules: RiskRules, place: int, signs: int, is_decided: int) -> Risk:
    """Return a level that the database answered, with the signs that it names."""
    shown = tuple(sign for number, sign in enumerate(rules.signs) if signs & 1 << number)
    return Risk(rules.levels[place], shown, is_decided=bool(is_decided))


def once(query: Any, name: str) -> CTE:  # noqa: ANN401 - a select of any columns
    """Name a step of a question that both databases work out once, however often it is looked at."""
    made: CTE = query.cte(name).prefix_with("MATERIALIZED")
    return made


def has_level(rules: RiskRules, levels: CTE, codes: tuple[str, ...]) -> ColumnElement[bool]:
    """Say in SQL that somebody stands at one of these levels."""
    return levels.c.place.in_([place for place, level in enumerate(rules.levels) if level.code in codes])


def has_sign(rules: RiskRules, levels: CTE, codes: tuple[str, ...]) -> ColumnElement[bool]:
    """Say in SQL that somebody shows one of these signs."""
    wanted = sum(1 << number for number, sign in enumerate(rules.signs) if sign.code in codes)
    found: ColumnElement[bool] = levels.c.signs.bitwise_and(wanted) > 0
    return found


def _facts(office: OpenOffice, ids: Collection[int] | None) -> Any:  # noqa: ANN401 - SQLAlchemy's own
    """Return what is known of each; words are looked for in the products without their spaces."""
    since = office.clock.today() - timedelta(days=office.profile.risk.looks_back_days)
    found = _about(Finding.establishment_id, ids).where(Finding.found_on > since)
    several = found.group_by(Finding.establishment_id, Finding.item).having(func.count() > 1)
    late = _about(RectificationCase.establishment_id, ids).where(
        RectificationCase.stage.in_(_RUNNING), RectificationCase.due_on < office.clock.today()
    )
    newest = (
        select(RiskDecision.level)
        .where(RiskDecision.establishment_id == Establishment.id)
        .order_by(RiskDecision.decided_on.desc(), RiskDecision.id.desc())
        .limit(1)
    )
    is_decided = Establishment.id.in_(_about(RiskDecision.establishment_id, ids))
    products = func.replace(func.replace(func.coalesce(Establishment.products, ""), " ", ""), "\u3000", "")
    known = select(
        Establishment.id,
        Establishment.kind,
        products.label("products"),
        Establishment.answers["food_categories"].as_string().label("food_categories"),
        Establishment.answers["school_distance_m"].as_integer().label("school_distance_m"),
        case((is_decided, newest.scalar_subquery()), else_=None).label("decided"),
        Establishment.id.in_(found.where(Finding.is_starred)).label(Happened.STARRED),
        Establishment.id.in_(several).label(Happened.REPEATED),
        Establishment.id.in_(late).label(Happened.LATE),
    )
    return known if ids is None else known.where(Establishment.id.in_(ids))


def _about(whose: InstrumentedAttribute[int], ids: Collection[int] | None) -> Select[int]:
    """Ask about whom something is; not looked up again for each, which would take three times as long."""
    return select(whose) if ids is None else select(whose).where(whose.in_(ids))


def _shows(sign: RiskSign, facts: CTE) -> ColumnElement[bool]:
    if sign.happened is not None:
        return facts.c[sign.happened].is_(True)
    if sign.nearer_to_school_m is not None:
        nearer: ColumnElement[bool] = facts.c.school_distance_m < sign.nearer_to_school_m
        return nearer
    words = [_Holds(facts.c.products, word) for word in map(_squeezed, sign.words)]
    foods = [_Holds(facts.c.food_categories, f'"{code}"') for code in sign.food_categories]
    return or_(*words, *foods)


def _place(rules: RiskRules, shown: CTE) -> ColumnElement[int]:
    """Say at which level somebody stands: where its trade begins, raised by its signs, unless decided."""
    codes, highest = [level.code for level in rules.levels], len(rules.levels) - 1
    begins = [(shown.c.kind.in_(base.trades), codes.index(base.level)) for base in rules.bases]
    raised: ColumnElement[int] = case(*begins, else_=0)
    for number, sign in enumerate(rules.signs):
        raised = raised + case((shown.c.signs.bitwise_and(1 << number) > 0, sign.raises), else_=0)
    decided = [(shown.c.decided == code, place) for place, code in enumerate(codes)]
    return case(*decided, (raised > highest, highest), else_=raised)


def _squeezed(word: str) -> str:
    return word.replace(" ", "").replace("\u3000", "")


class _Holds(FunctionElement[bool]):
    """That a text holds a word; both databases can tell, each by a function of its own."""

    name = "holds"
    type = Boolean()
    inherit_cache = True


@compiles(_Holds)
def _strpos(element: _Holds, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    return f"strpos({compiler.process(element.clauses, **how)}) > 0"


@compiles(_Holds, "sqlite")
def _instr(element: _Holds, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    return f"instr({compiler.process(element.clauses, **how)}) > 0"

"""The risk level of each establishment as the database answers it: one definition for one and for all."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute

from desktop.domain.lifecycle import Stage
from desktop.domain.risk import Happened, Risk, RiskRules, RiskSign
from desktop.models.establishment import Establishment
from desktop.models.planning import RiskDecision
from desktop.models.rectification import Finding, RectificationCase
from desktop.services.open_office import OpenOffice
from desktop.storage.dialects import Matches, WordPlace

_RUNNING = [str(stage) for stage in Stage if stage.has_running_deadline]


def levels_of(
    office: OpenOffice,
    *conditions: ColumnElement[bool],
    ids: Collection[int] | None = None,
    beside: Sequence[Any] = (),
    before: date | None = None,
) -> FromClause:
    """Ask for the level of all whom the conditions choose: ``id``, ``place``, ``signs``, ``is_decided``.

    ``place`` counts the levels from the lowest, bit n of ``signs`` is the n-th sign of the rule pack. What
    each step needs is worked out once for each establishment, not again for each sign that looks at it.
    Where a few are named by their ``ids``, only what happened to them is looked at. What else of the
    records is wanted goes along ``beside``, so that nobody reads them twice. With ``before`` only what was
    found before that day counts, and every decision.
    """
    rules = office.profile.risk
    facts = step(_facts(office, ids, beside, before).where(*conditions), "facts")
    along = [one.key for one in beside]
    shown = step(
        select(facts.c.id, facts.c.kind, facts.c.decided, _signs(rules, facts).label("signs")).add_columns(
            *(facts.c[name] for name in along)
        ),
        "shown",
    )
    is_decided = shown.c.decided.in_([level.code for level in rules.levels])
    levels = select(
        shown.c.id,
        shown.c.signs.bitwise_and((1 << len(rules.signs)) - 1).label("signs"),
        case((is_decided, 1), else_=0).label("is_decided"),
        _place(rules, shown).label("place"),
        *(shown.c[name] for name in along),
    )
    return step(levels, "levels")


def risk_of(rules: RiskRules, place: int, signs: int, is_decided: int) -> Risk:
    """Return a level that the database answered, with the signs that it names."""
    shown = tuple(sign for number, sign in enumerate(rules.signs) if signs & 1 << number)
    return Risk(rules.levels[place], shown, is_decided=bool(is_decided))


def once(query: Any, name: str) -> CTE:  # noqa: ANN401 - a select of any columns
    """Name a step of a question that both databases work out once, however often it is looked at."""
    made: CTE = query.cte(name).prefix_with("MATERIALIZED")
    return made


def step(query: Any, name: str) -> FromClause:  # noqa: ANN401 - a select of any columns
    """Name a step of a question that is worked out row by row, each row once, and kept nowhere.

    Leaving out nothing is where both databases stop taking one step into the next, which would work out a
    column again for each one that looks at it.
    """
    made: FromClause = query.offset(0).subquery(name)
    return made


def has_level(rules: RiskRules, levels: FromClause, codes: tuple[str, ...]) -> ColumnElement[bool]:
    """Say in SQL that somebody stands at one of these levels."""
    return levels.c.place.in_([place for place, level in enumerate(rules.levels) if level.code in codes])


def has_sign(rules: RiskRules, levels: FromClause, codes: tuple[str, ...]) -> ColumnElement[bool]:
    """Say in SQL that somebody shows one of these signs."""
    wanted = sum(1 << number for number, sign in enumerate(rules.signs) if sign.code in codes)
    found: ColumnElement[bool] = levels.c.signs.bitwise_and(wanted) > 0
    return found


def _facts(
    office: OpenOffice, ids: Collection[int] | None, beside: Sequence[Any], before: date | None
) -> Any:  # noqa: ANN401 - SQLAlchemy's own
    """Return what is known of each; words are looked for in the products without their spaces."""
    on = before or office.clock.today()
    since = on - timedelta(days=office.profile.risk.looks_back_days)
    found = _about(Finding.establishment_id, ids).where(Finding.found_on > since)
    stands: ColumnElement[bool] = RectificationCase.stage.in_(_RUNNING)
    newest = (
        select(RiskDecision.level)
        .where(RiskDecision.establishment_id == Establishment.id)
        .order_by(RiskDecision.decided_on.desc(), RiskDecision.id.desc())
        .limit(1)
    )
    if before is not None:
        found = found.where(Finding.found_on < before)
        stands = or_(stands, RectificationCase.closed_out_on >= before)
    several = found.group_by(Finding.establishment_id, Finding.item).having(func.count() > 1)
    late = _about(RectificationCase.establishment_id, ids).where(stands, RectificationCase.due_on < on)
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
        *beside,
    )
    return known if ids is None else known.where(Establishment.id.in_(ids))


def _about(whose: InstrumentedAttribute[int], ids: Collection[int] | None) -> Select[int]:
    """Ask about whom something is; not looked up again for each, which would take three times as long."""
    return select(whose) if ids is None else select(whose).where(whose.in_(ids))


def _signs(rules: RiskRules, facts: FromClause) -> ColumnElement[int]:
    """Say which signs somebody shows, a bit for each, and above the bits by how many levels they raise."""
    signs: ColumnElement[int] = literal(0)
    for number, sign in enumerate(rules.signs):
        shown = (1 << number) + (sign.raises << len(rules.signs))
        signs = signs + case((_shows(rules, sign, facts), shown), else_=0)
    return signs


def _shows(rules: RiskRules, sign: RiskSign, facts: FromClause) -> ColumnElement[bool]:
    shows = _is_there(sign, facts)
    everybody = {trade for base in rules.bases for trade in base.trades}
    return shows if everybody <= set(sign.trades) else facts.c.kind.in_(sign.trades) & shows


def _is_there(sign: RiskSign, facts: FromClause) -> ColumnElement[bool]:
    if sign.happened is not None:
        return facts.c[sign.happened].is_(True)
    if sign.nearer_to_school_m is not None:
        nearer: ColumnElement[bool] = facts.c.school_distance_m < sign.nearer_to_school_m
        return nearer
    words = [WordPlace(facts.c.products, word) > 0 for word in map(_squeezed, sign.words)]
    foods = [WordPlace(facts.c.food_categories, f'"{code}"') > 0 for code in sign.food_categories]
    begins = "".join(sorted({word[:1] for word in map(_squeezed, sign.words)}))
    if begins.isalnum():  # a look at the letters spares most of looking for each word
        may_hold = Matches(facts.c.products, f"*[{begins}]*", f"[{begins}]")
        return or_(and_(may_hold, or_(*words)), *foods)
    return or_(*words, *foods)


def _place(rules: RiskRules, shown: FromClause) -> ColumnElement[int]:
    """Say at which level somebody stands: where its trade begins, raised by its signs, unless decided."""
    codes, highest = [level.code for level in rules.levels], len(rules.levels) - 1
    begins = [(shown.c.kind.in_(base.trades), codes.index(base.level)) for base in rules.bases]
    raised = case(*begins, else_=0) + shown.c.signs.bitwise_rshift(len(rules.signs))
    decided = [(shown.c.decided == code, place) for place, code in enumerate(codes)]
    return case(*decided, (raised > highest, highest), else_=raised)


def _squeezed(word: str) -> str:
    return word.replace(" ", "").replace("\u3000", "")

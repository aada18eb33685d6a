"""Planning: decided risk, inspectors and whom they stay away from, draws, yearly plans, campaigns."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models import establishment  # noqa: F401 - its table is referred to
from desktop.models.base import Base, Document, Entered, Versioned


class RiskDecision(Entered, Base):
    """The risk level that somebody decided (风险评定); an empty one goes back to what the facts say."""

    __tablename__ = "risk_decision"
    topic = "risks"

    id: Mapped[int] = mapped_column(primary_key=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"), index=True)
    level: Mapped[str]
    decided_on: Mapped[date]
    reason: Mapped[str]


class Inspector(Versioned, Entered, Base):
    """Somebody on the list of inspectors (检查人员名录); who has left stays, and is drawn no more."""

    __tablename__ = "inspector"
    topic = "inspectors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    unit: Mapped[str]
    card_number: Mapped[str]
    left_on: Mapped[date | None]


class Recusal(Entered, Base):
    """An inspector is related to an establishment and stays away from it (回避)."""

    __tablename__ = "recusal"
    topic = "inspectors"

    id: Mapped[int] = mapped_column(primary_key=True)
    inspector_id: Mapped[int] = mapped_column(ForeignKey("inspector.id"), index=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"), index=True)
    reason: Mapped[str]


class RandomDraw(Entered, Base):
    """One draw (随机抽取) with all that it takes to repeat it: seed, rule, and the lists as they stood.

    ``candidates`` are archive numbers, ``kept_away`` such a number, a tab and a name; ``digest`` is over
    all three lists.
    """

    __tablename__ = "random_draw"
    __table_args__ = (CheckConstraint("drawn_count > 0", name="drawn"),)
    topic = "draws"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    purpose: Mapped[str]
    drawn_on: Mapped[date]
    seed: Mapped[str]
    algorithm: Mapped[str]
    scope: Mapped[dict[str, Any]]
    scope_words: Mapped[str]
    quota: Mapped[str]
    drawn_count: Mapped[int]
    candidates: Mapped[list[str]]
    inspectors: Mapped[list[str]]
    kept_away: Mapped[list[str]]
    digest: Mapped[str]


class DrawnEstablishment(Entered, Base):
    """One that was drawn: its place in the draw, its number as it stood, and its inspectors."""

    __tablename__ = "drawn_establishment"
    topic = "draws"

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("random_draw.id"), index=True)
    place: Mapped[int]
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"), index=True)
    archive_number: Mapped[str]
    inspectors: Mapped[list[str]]


class YearPlan(Versioned, Entered, Base):
    """The plan of a year (年度计划) as it was decided: times a year by level; what is due follows from it."""

    __tablename__ = "year_plan"
    topic = "plans"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    decided_on: Mapped[date]
    kinds: Mapped[list[str]]
    inspections: Mapped[dict[str, Any]]
    samplings: Mapped[dict[str, Any]]
    note: Mapped[str]


class Sampling(Versioned, Entered, Base):
    """One sample that was taken (抽检), and its result once it is known."""

    __tablename__ = "sampling"
    topic = "samplings"

    id: Mapped[int] = mapped_column(primary_key=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"), index=True)
    sampled_on: Mapped[date]
    product: Mapped[str]
    result: Mapped[str]
    note: Mapped[str]


class Campaign(Versioned, Entered, Base):
    """A campaign (专项整治): its phases, whom it is about, and its schedule (配档表) line by line.

    What counts towards it follows from its days and its scope; stored is only that it was ended.
    """

    __tablename__ = "campaign"
    topic = "campaigns"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    basis: Mapped[str]
    scope: Mapped[dict[str, Any]]
    phases: Mapped[list[Any]] = mapped_column(Document)
    tasks: Mapped[list[Any]] = mapped_column(Document)
    ended_on: Mapped[date | None]
    ended_by: Mapped[str]
    conclusion: Mapped[str]

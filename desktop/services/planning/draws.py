"""Drawing whom to visit and who goes (双随机): recorded so that anybody can repeat it, and ticked off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from desktop.domain.act import Actor
from desktop.domain.draws import ALGORITHM, PAIR, Drawn, DrawPurpose, Lists, Quota, draw
from desktop.domain.scope import Scope
from desktop.errors import RuleError, UserError
from desktop.models.establishment import Establishment
from desktop.models.planning import DrawnEstablishment, Inspector, RandomDraw, Recusal
from desktop.services.open_office import OpenOffice
from desktop.services.planning.drawn_rows import (
    PAGE,
    DrawnCounts,
    DrawnRow,
    drawn_counts,
    drawn_rows,
    is_left,
)
from desktop.services.planning.scoping import (
    is_in,
    is_inspected,
    is_looked_back_at,
    lines_of,
    refuse_unknown,
    scope_words,
)
from desktop.services.rectification.cases import clause
from desktop.services.register.leafing import in_scope
from desktop.services.rights import Right, require
from desktop.sheets.draw_table import DrawLine, candidate_table, draw_table
from desktop.sheets.files import replacing
from desktop.sheets.layout import Sender, write_tables
from desktop.storage.dialects import ListLength

MOST_LETTERS = 60


@dataclass(frozen=True, slots=True)
class DrawRow:
    """One draw with how far it has come; ``total`` counts what this person may see of it."""

    id: int
    title: str
    purpose: DrawPurpose
    drawn_on: date
    drawn_by: str
    seed: str
    algorithm: str
    digest: str
    scope: str
    quota: str
    candidates: int
    total: int
    done: int
    left: int


@dataclass(frozen=True, slots=True)
class DrawDetail:
    """One draw with the first of whom it drew, in the order of the draw."""

    draw: DrawRow
    rows: tuple[DrawnRow, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """What drawing again from the recorded lists came to, beside what was recorded.

    ``is_intact`` says that the recorded lists still have the digest that was recorded with them.
    """

    draw_id: int
    is_intact: bool
    is_same: bool
    differences: tuple[str, ...]

    @property
    def words(self) -> str:
        if not self.is_intact:
            return "记录的候选名单与抽取时的摘要不符，名单被改动过"
        if self.is_same:
            return "按记录的种子和名单重抽一遍，结果完全一致"
        return f"重抽的结果与记录不一致，有 {len(self.differences)} 处：{'；'.join(self.differences[:3])}"


class Draws:
    """Draws, and what is left of them."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def draw(
        self,
        scope: Scope,
        quota: Quota,
        *,
        seed: str,
        on: date,
        by: Actor,
        title: str = "",
        purpose: DrawPurpose = DrawPurpose.INSPECTION,
        with_inspectors: bool = True,
    ) -> DrawDetail:
        """Draw from who is in the scope today, and write down all that it takes to draw again."""
        require(by, Right.PLAN)
        refuse_unknown(self.office, scope)
        seed = _short(seed, "种子", is_needed=True)
        title = _short(title, "名称", is_needed=False)
        with self.office.db.writing(self.office.act(by, "draw.draw")) as session:
            self.office.refuse_future(on)
            if on < self.office.clock.today():
                raise UserError(f"抽取用的名单是今天的，不能记成 {on} 抽的；请填今天")
            who = is_inspected() if purpose is DrawPurpose.INSPECTION else is_looked_back_at()
            query = select(Establishment.archive_number, Establishment.id)
            query = query.where(is_in(self.office, scope, by, who)).order_by(Establishment.archive_number)
            found = {one.archive_number: one.id for one in session.execute(query)}
            count = quota.of(len(found))
            _refuse_quota(len(found), count)
            lists = _lists(session, tuple(found), with_inspectors=with_inspectors)
            if with_inspectors:
                self._refuse_too_few(lists, on)
            drawn = draw(lists, seed, count)
            if with_inspectors:
                self._refuse_unpaired(
                    session, [found[one.archive_number] for one in drawn if len(one.inspectors) < PAIR]
                )
            record = RandomDraw(
                title=title or f"{on.year}年{on.month}月{on.day}日{purpose.label}",
                purpose=purpose,
                drawn_on=on,
                seed=seed,
                algorithm=ALGORITHM,
                scope=scope.as_json(),
                scope_words=scope_words(session, self.office, scope),
                quota=quota.words,
                drawn_count=count,
                candidates=list(lists.candidates),
                inspectors=list(lists.inspectors),
                kept_away=[f"{number}\t{name}" for number, name in lists.kept_away],
                digest=lists.digest,
                entered_at=self.office.clock.now(),
                entered_by=by.name,
            )
            session.add(record)
            session.flush()
            for place, one in enumerate(drawn, 1):
                session.add(
                    DrawnEstablishment(
                        draw_id=record.id,
                        place=place,
                        establishment_id=found[one.archive_number],
                        archive_number=one.archive_number,
                        inspectors=list(one.inspectors),
                        entered_at=record.entered_at,
                        entered_by=by.name,
                    )
                )
            session.flush()
            return _detail(session, record, by)

    def all(self, *, by: Actor) -> tuple[DrawRow, ...]:
        """Return the draws of which this person may see something, the newest first."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            counts = drawn_counts(session, by)
            query = select(RandomDraw, ListLength(RandomDraw.candidates)).where(RandomDraw.id.in_(counts))
            query = query.options(*_HEAD).order_by(RandomDraw.id.desc())
            return tuple(_head(one, length, counts[one.id]) for one, length in session.execute(query))

    def detail(self, draw_id: int, *, by: Actor) -> DrawDetail:
        """Return one draw with the first page of whom it drew."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            return _detail(session, _found(session, draw_id, by), by)

    def page(
        self, draw_id: int, *, by: Actor, offset: int = 0, limit: int | None = PAGE
    ) -> tuple[DrawnRow, ...]:
        """Return a page of whom a draw drew, in the order of the draw."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            record = _found(session, draw_id, by)
            return drawn_rows(session, by, RandomDraw.id == record.id, offset=offset, limit=limit)

    def left(self, *, by: Actor, offset: int = 0, limit: int | None = PAGE) -> tuple[DrawnRow, ...]:
        """Return a page of who was drawn and not visited yet, the oldest draw first."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            return drawn_rows(session, by, is_left(), offset=offset, limit=limit)

    def repeat(self, draw_id: int, *, by: Actor) -> Repeated:
        """Draw again from the recorded lists by the recorded seed, and compare."""
        require(by, Right.PLAN)
        with self.office.db.reading() as session:
            record = _found(session, draw_id, by)
            if record.algorithm != ALGORITHM:
                raise UserError(f"这次抽取用的算法是“{record.algorithm}”，这一版只会“{ALGORITHM}”")
            lists = Lists(
                tuple(record.candidates),
                tuple(record.inspectors),
                tuple((number, name) for number, name in (one.split("\t") for one in record.kept_away)),
            )
            again = draw(lists, record.seed, record.drawn_count)
            query = select(DrawnEstablishment).where(DrawnEstablishment.draw_id == record.id)
            were = [
                Drawn(one.archive_number, tuple(one.inspectors))
                for one in session.scalars(query.order_by(DrawnEstablishment.place))
            ]
            differences = _differences(were, again)
            is_intact = lists.digest == record.digest
            return Repeated(record.id, is_intact, is_intact and not differences, differences)

    def export(self, draw_id: int, target: Path, *, by: Actor) -> int:
        """Write a draw as a workbook: whom it drew, and the list that it was drawn from."""
        require(by, Right.EXPORT)
        with replacing(target) as path:
            with self.office.db.reading() as session:
                record = _found(session, draw_id, by)
                title, seed, purpose = record.title, record.seed, DrawPurpose(record.purpose)
                rows = drawn_rows(session, by, RandomDraw.id == record.id, limit=None)
                candidates = tuple(record.candidates)
            sender = Sender(self.office.profile.office, by.name, "", self.office.clock.today())
            lines = [self._line(row) for row in rows]
            tables = [
                draw_table(title, purpose.label, sender, lines),
                candidate_table(title, seed, sender, candidates),
            ]
            write_tables(tables, path, made_at=self.office.clock.now())
            with self.office.db.writing(self.office.act(by, "export")) as session:
                session.trail.note("RandomDraw", draw_id, {"rows": len(lines), "file": target.name})
        return len(lines)

    def _line(self, row: DrawnRow) -> DrawLine:
        return DrawLine(
            archive_number=row.archive_number,
            kind=self.office.profile.trade(row.kind).short_label,
            name=row.title,
            operator_name=row.operator_name,
            village=row.village,
            address=row.address,
            inspectors="、".join(row.inspectors),
            done_on=row.done_on,
            result=row.result,
        )

    def _refuse_too_few(self, lists: Lists, on: date) -> None:
        if len(lists.inspectors) < PAIR:
            basis = clause(self.office.profile, "two_inspectors", on)
            raise RuleError(
                f"检查人员名录里在岗的只有 {len(lists.inspectors)} 人，抽不出两名{basis}；"
                "请先补充名录，或者只抽对象不抽人员"
            )

    def _refuse_unpaired(self, session: Session, alone: Sequence[int]) -> None:
        if alone:
            known = lines_of(session, alone[:3])
            named = "”“".join(known[one].title for one in alone[:3])
            raise RuleError(f"“{named}”除去回避的人，名录里不足两名检查人员；请补充名录后再抽")


def _short(text: str, what: str, *, is_needed: bool) -> str:
    short = text.strip()
    if is_needed and not short:
        raise UserError(f"要写{what}：当众定下的一串数字或者文字，以后凭它可以重抽核对")
    if len(short) > MOST_LETTERS or "\n" in short or "\t" in short:
        raise UserError(f"{what}最多 {MOST_LETTERS} 个字，写成一行")
    return short


def _refuse_quota(candidates: int, count: int) -> None:
    if not candidates:
        raise UserError("这个范围里一户可抽的也没有，请放宽类别、村或者风险等级")
    if not 1 <= count <= candidates:
        raise UserError(f"这个范围里有 {candidates} 户，不能抽 {count} 户；请改数量或者范围")


def _lists(session: Session, candidates: tuple[str, ...], *, with_inspectors: bool) -> Lists:
    """Return the lists as they stand today; of recusals those of people who can be drawn."""
    if not with_inspectors:
        return Lists(candidates)
    on_duty = select(Inspector.name).where(Inspector.left_on.is_(None)).order_by(Inspector.id)
    away = (
        select(Establishment.archive_number, Inspector.name)
        .join(Recusal, Recusal.establishment_id == Establishment.id)
        .join(Inspector, Recusal.inspector_id == Inspector.id)
        .where(Inspector.left_on.is_(None))
        .order_by(Establishment.archive_number, Inspector.name)
    )
    known = set(candidates)
    pairs = tuple((number, name) for number, name in session.execute(away) if number in known)
    return Lists(candidates, tuple(session.scalars(on_duty)), pairs)


def _found(session: Session, draw_id: int, by: Actor) -> RandomDraw:
    """Return a draw of which this person may see something."""
    seen = (
        select(func.count())
        .select_from(DrawnEstablishment)
        .join(Establishment, DrawnEstablishment.establishment_id == Establishment.id)
        .where(DrawnEstablishment.draw_id == draw_id, in_scope(by))
    )
    record = session.get(RandomDraw, draw_id) if session.scalar(seen) else None
    if record is None:
        raise UserError(f"没有编号为 {draw_id} 的抽取，请核对后再试")
    return record


def _detail(session: Session, record: RandomDraw, by: Actor) -> DrawDetail:
    counts = drawn_counts(session, by, RandomDraw.id == record.id)[record.id]
    head = _head(record, len(record.candidates), counts)
    return DrawDetail(head, drawn_rows(session, by, RandomDraw.id == record.id))


def _head(record: RandomDraw, candidates: int, counts: DrawnCounts) -> DrawRow:
    return DrawRow(
        id=record.id,
        title=record.title,
        purpose=DrawPurpose(record.purpose),
        drawn_on=record.drawn_on,
        drawn_by=record.entered_by,
        seed=record.seed,
        algorithm=record.algorithm,
        digest=record.digest,
        scope=record.scope_words,
        quota=record.quota,
        candidates=candidates,
        total=counts.total,
        done=counts.done,
        left=counts.left,
    )


def _differences(were: list[Drawn], again: tuple[Drawn, ...]) -> tuple[str, ...]:
    if len(were) != len(again):
        return (f"记录有 {len(were)} 户，重抽得 {len(again)} 户",)
    found = []
    for place, (was, now) in enumerate(zip(were, again, strict=True), 1):
        if was != now:
            words = f"{was.archive_number} {'、'.join(was.inspectors)}".strip()
            other = f"{now.archive_number} {'、'.join(now.inspectors)}".strip()
            found.append(f"第 {place} 户记录为 {words}，重抽为 {other}")
    return tuple(found)


_HEAD = tuple(
    defer(column) for column in (RandomDraw.candidates, RandomDraw.inspectors, RandomDraw.kept_away)
)
"""The lists of a draw for a county are a megabyte; how long they are the database counts."""

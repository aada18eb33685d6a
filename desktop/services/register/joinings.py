"""Two records of one establishment become one (并档), and are told apart again.

What was written about the other one goes over to the record that is kept; the other one itself is set aside
with all it said. So every list, count and table is right without knowing of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.forms import Answer, Answers, check_across
from desktop.domain.lifecycle import RegistrationStatus
from desktop.errors import ChangedMeanwhileError, RuleError, UserError
from desktop.models.establishment import Establishment, JoinedEstablishment, SearchKey
from desktop.models.imports import ImportRow, ImportRun
from desktop.services.office.villages import VillageRow, villages_of
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.cases import Casework
from desktop.services.register.establishments import reachable
from desktop.services.register.finding import put_search_keys
from desktop.services.register.joined_records import (
    as_it_was,
    leave_one_newest,
    move_back,
    move_over,
    papers_of,
    restored_column,
    said_by,
    say_newest,
    state_of,
    written_about,
)
from desktop.services.register.joining_comparison import (
    Comparison,
    fields_of,
    is_in_hand,
    living_paper,
    refusal_of,
    side_of,
)
from desktop.services.registration.bans import why_not_another
from desktop.services.rights import Right, require, require_village
from desktop.services.survey.answers import (
    answers_of,
    put_answers,
    restored_answers,
    stored,
    stored_answers,
    with_texts,
)
from desktop.services.survey.standing_changes import log_change
from desktop.sheets.ledger import reading_form

_DECIDED = ("registration_status", "route", "disposition", "banned_until", "ban_basis")


@dataclass(frozen=True, slots=True)
class JoinedRecord:
    """A record that was joined to another one."""

    id: int
    archive_number: str
    title: str
    joined_on: date
    joined_by: str
    can_be_separated: bool


class Joinings:
    """Compares two records, joins them, and takes a joining back."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def compare(self, kept_id: int, archive_number: str, *, by: Actor) -> Comparison:
        """Return both side by side; the other one is named by its archive number."""
        require(by, Right.JOIN)
        with self.office.db.reading() as session:
            kept = reachable(session, kept_id, by)
            number = archive_number.strip()
            other = session.scalar(select(Establishment).where(Establishment.archive_number == number))
            if other is None:
                raise UserError(f"没有档案编号为“{number}”的户，请核对后再填")
            require_village(by, other.village_id)
            names = {village.id: village.name for village in villages_of(session)}
            return Comparison(
                kept=side_of(kept, names),
                other=side_of(other, names),
                fields=fields_of(self.office.profile, kept, other, names),
                refusal=refusal_of(session, kept, other),
            )

    def join(
        self, kept_id: int, other_id: int, *, versions: tuple[int, int], take: Iterable[str], by: Actor
    ) -> str:
        """Join the other one to the kept one, with the chosen answers of it; return its archive number."""
        require(by, Right.JOIN)
        with self.office.db.writing(self.office.act(by, "establishment.join")) as session:
            kept, other = reachable(session, kept_id, by), reachable(session, other_id, by)
            if (kept.version, other.version) != versions:
                raise ChangedMeanwhileError("两户中有一户刚被别人改过，没有并档；请看过现在的内容再定")
            if refusal := refusal_of(session, kept, other):
                raise UserError(refusal)
            follows = next(
                (one.id for one in _joined_to(session, kept) if not _why_one(session, kept, one)), None
            )
            before = {
                "follows": follows,
                **self._take(session, kept, other, set(take), by),
                "newest": leave_one_newest(session, kept, other),
            }
            title = called(other.name, other.operator_name, other.products)
            joined = JoinedEstablishment(
                establishment_id=kept.id,
                archive_number=other.archive_number,
                title=title,
                said=said_by(other),
                moved=move_over(session, written_about(session, other.id), kept.id),
                before=before,
                state={},
                undone_at=None,
                undone_by=None,
                joined_on=self.office.clock.today(),
                entered_at=self.office.clock.now(),
                entered_by=by.name,
            )
            number = other.archive_number
            self._log(session, kept, "joined", f"{number} {title}", kept.archive_number, by)
            session.execute(delete(SearchKey).where(SearchKey.establishment_id == other.id))
            session.flush()
            session.delete(other)
            session.flush()
            joined.state = state_of(session, kept)
            session.add(joined)
            session.flush()
            put_search_keys(session, kept)
            return number

    def of(self, establishment_id: int, *, by: Actor) -> tuple[JoinedRecord, ...]:
        """Return what was joined to a record, the newest first."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            record = reachable(session, establishment_id, by)
            return tuple(
                JoinedRecord(
                    one.id,
                    one.archive_number,
                    one.title,
                    one.joined_on,
                    one.entered_by,
                    can_be_separated=not _why_one(session, record, one),
                )
                for one in _joined_to(session, record)
            )

    def separate(self, joined_id: int, *, by: Actor) -> str:
        """Tell the two apart again, as they were; refused where anything was changed since."""
        require(by, Right.JOIN)
        with self.office.db.writing(self.office.act(by, "establishment.separate")) as session:
            joined = session.get(JoinedEstablishment, joined_id)
            if joined is None:
                raise UserError(f"没有编号为 {joined_id} 的并档，请刷新后再看")
            kept = reachable(session, joined.establishment_id, by)
            if joined.undone_at is not None:
                raise UserError(f"{joined.archive_number} 的并档已经撤回过了，没有再动")
            if refusal := _why_one(session, kept, joined):
                raise UserError(refusal)
            follows = joined.before["follows"]
            before_it = session.get(JoinedEstablishment, follows) if follows is not None else None
            other = as_it_was(joined.said)
            session.add(other)
            say_newest(session, papers_of(session, kept), [])
            move_back(session, joined.moved, other, joined.said["version"])
            papers = [*papers_of(session, kept), *papers_of(session, other)]
            say_newest(session, papers, joined.before["newest"])
            self._restore(session, kept, joined.before, by)
            self._log(session, kept, "separated", kept.archive_number, joined.archive_number, by)
            joined.undone_at, joined.undone_by = self.office.clock.now(), by.name
            session.flush()
            if before_it is not None:  # all is as that one left it, so it can be taken back next
                before_it.state = state_of(session, kept, without=before_it.id)
            for record in (kept, other):
                put_search_keys(session, record)
            return joined.archive_number

    def _take(
        self, session: Session, kept: Establishment, other: Establishment, take: set[str], by: Actor
    ) -> dict[str, Any]:
        """Write the chosen answers into the kept one; return what it said before."""
        villages = {village.id: village for village in villages_of(session)}
        form = reading_form(self.office.profile, kept.kind)
        has = answers_of(kept, form, villages[kept.village_id].name)
        theirs = answers_of(other, form, villages[other.village_id].name)
        was: dict[str, Answer] = {**kept.answers, **has}
        before = {
            "answers": stored_answers(was),
            **{column: stored(getattr(kept, column)) for column in _DECIDED},
        }
        merged = with_texts({**was, **{code: theirs[code] for code in take if code in theirs}})
        if problems := check_across(form, merged):
            raise UserError(f"{problems[0].message}；请改选这一项取哪一户的")
        today = self.office.clock.today()
        for one in (kept, other):
            if said := why_not_another(one, merged, today):
                raise RuleError(f"{said}；并档要取禁业的那一位作经营者")
        places = [(paper, one.place_key) for one in (kept, other) if (paper := living_paper(session, one))]
        self._put(session, kept, merged, villages[(other if "village" in take else kept).village_id], by)
        for paper, place_key in places:
            if kept.place_key != place_key:
                raise UserError(
                    f"有效的证卡 {paper.number} 不在所选的地址上；"
                    "请把村和地址都改选为有这张证卡的一户的，或者先办证卡变更，再并档"
                )
        is_further = is_in_hand(other) or living_paper(session, other) is not None
        if is_further or kept.registration_status == RegistrationStatus.UNREGISTERED:
            kept.registration_status = other.registration_status
        if kept.route == "undecided":
            kept.route, kept.disposition = other.route, other.disposition
        if other.banned_until is not None and other.banned_until > (kept.banned_until or date.min):
            kept.banned_until, kept.ban_basis = other.banned_until, other.ban_basis
        return before

    def _restore(self, session: Session, kept: Establishment, before: Mapping[str, Any], by: Actor) -> None:
        form = reading_form(self.office.profile, kept.kind)
        answers = restored_answers(form, before["answers"])
        village = next(one for one in villages_of(session) if one.name == answers["village"])
        self._put(session, kept, with_texts(answers), village, by)
        for column in _DECIDED:
            setattr(kept, column, restored_column(column, before[column]))

    def _put(
        self, session: Session, kept: Establishment, answers: Answers, village: VillageRow, by: Actor
    ) -> None:
        """Write answers into the kept one; no place changes silently."""
        was, was_at = kept.address, kept.place_key
        put_answers(kept, answers, village, self.office.profile)
        if kept.place_key != was_at:
            self._log(session, kept, "moved", was, kept.address, by)

    def _log(self, session: Session, kept: Establishment, change: str, old: str, new: str, by: Actor) -> None:
        work = Casework(session, self.office, by)
        log_change(work, kept, change, old, new, on=self.office.clock.today(), note="")


def _joined_to(session: Session, kept: Establishment) -> list[JoinedEstablishment]:
    query = select(JoinedEstablishment).where(
        JoinedEstablishment.establishment_id == kept.id, JoinedEstablishment.undone_at.is_(None)
    )
    return list(session.scalars(query.order_by(JoinedEstablishment.id.desc())))


def _why_one(session: Session, kept: Establishment, joined: JoinedEstablishment) -> str:
    """Return why two cannot be told apart again; empty where they can."""
    if joined.state != state_of(session, kept, without=joined.id):
        return (
            f"并档以后 {kept.archive_number} 又办过事，{joined.archive_number} 不能再分出来；"
            "要改的请在现在的档案里改"
        )
    undone = (
        select(ImportRun)
        .join(ImportRow, ImportRow.import_id == ImportRun.id)
        .where(ImportRow.id.in_(joined.moved.get("import_row", [])), ImportRun.undone_at.is_not(None))
    )
    if (run := session.scalars(undone.limit(1)).first()) is not None:
        return (
            f"{joined.archive_number} 是导入（{run.file}）写入的，那次导入已经撤回；"
            "分出来就再也撤不回了，没有分出来，请保留并档"
        )
    return ""

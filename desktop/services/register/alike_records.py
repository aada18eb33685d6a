"""Records of the register that are alike (档案查重): found pair by pair, joined, or told apart for good."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.masking import mask
from desktop.errors import ChangedMeanwhileError, UserError
from desktop.models.establishment import Establishment, ToldApart
from desktop.services.office.villages import villages_of
from desktop.services.open_office import OpenOffice
from desktop.services.register.alike_groups import AlikeGroups, Pair, SharedByMany, find_pairs
from desktop.services.register.establishments import reachable
from desktop.services.rights import Right, require


@dataclass(frozen=True, slots=True)
class AlikeSide:
    """One of two records that are alike."""

    id: int
    archive_number: str
    title: str
    village: str


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two records that may be one; ``kept`` is the one that would be kept: the registered, else the older."""

    kept: AlikeSide
    other: AlikeSide
    kind: str
    alike: tuple[str, ...]
    is_sure: bool


@dataclass(frozen=True, slots=True)
class AlikePage:
    """Some of the pairs, the sure ones first, and how many there are in all."""

    sure: int
    unsure: int
    pairs: tuple[AlikePair, ...]
    shared: tuple[SharedByMany, ...]
    """What so many records share that it speaks for none of them; personal numbers are masked."""


class AlikeRecords:
    """Says which records are alike, and keeps somebody's word that two of them are different."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def page(self, *, by: Actor, limit: int = 200, offset: int = 0) -> AlikePage:
        """Return the pairs that nobody has told apart, the sure ones first."""
        require(by, Right.JOIN)
        with self.office.db.reading() as session:
            words = session.execute(select(ToldApart.establishment_id, ToldApart.other_id))
            apart = {(min(one, other), max(one, other)) for one, other in words}
            found = find_pairs(session, apart)
            rows = self._rows(session, found.pairs[offset : offset + limit])
        sure = sum(1 for pair in found.pairs if pair.is_sure)
        return AlikePage(sure, len(found.pairs) - sure, rows, self._masked(found))

    def tell_apart(self, one_id: int, another_id: int, *, versions: tuple[int, int], by: Actor) -> None:
        """Keep the word that two records are two establishments; they are not asked about again.

        Raises ``ChangedMeanwhileError`` where one of them is not as it was shown.
        """
        require(by, Right.JOIN)
        if one_id == another_id:
            raise UserError("要认定的是两户，请填两个不同的档案")
        with self.office.db.writing(self.office.act(by, "establishment.tell_apart")) as session:
            one, another = reachable(session, one_id, by), reachable(session, another_id, by)
            if (one.version, another.version) != versions:
                raise ChangedMeanwhileError("两户中有一户刚被别人改过，没有认定；请看过现在的内容再定")
            if are_told_apart(session, one_id, another_id):
                return
            now = self.office.clock.now()
            for record, other in ((one, another), (another, one)):
                session.add(
                    ToldApart(
                        establishment_id=record.id, other_id=other.id, entered_at=now, entered_by=by.name
                    )
                )

    def ask_again(self, one_id: int, another_id: int, *, by: Actor) -> None:
        """Take the word back: as long as the two are alike they are asked about again."""
        require(by, Right.JOIN)
        with self.office.db.writing(self.office.act(by, "establishment.ask_again")) as session:
            one, another = reachable(session, one_id, by), reachable(session, another_id, by)
            words = list(session.scalars(_words(one_id, another_id)))
            if not words:
                raise UserError(
                    f"{one.archive_number} 和 {another.archive_number} 没有认定过是不同的户，没有可撤回的"
                )
            for word in words:
                session.delete(word)

    def _rows(self, session: Session, pairs: Sequence[Pair]) -> tuple[AlikePair, ...]:
        names = {village.id: village.name for village in villages_of(session)}
        ids = {one for pair in pairs for one in (pair.kept, pair.other)}
        query = select(
            Establishment.id,
            Establishment.archive_number,
            Establishment.kind,
            Establishment.name,
            Establishment.operator_name,
            Establishment.products,
            Establishment.village_id,
        )
        sides, kinds = {}, {}
        for row in session.execute(query.where(Establishment.id.in_(ids))):
            title = called(row.name, row.operator_name, row.products)
            sides[row.id] = AlikeSide(row.id, row.archive_number, title, names[row.village_id])
            kinds[row.id] = row.kind
        return tuple(
            AlikePair(sides[pair.kept], sides[pair.other], kinds[pair.kept], pair.alike, pair.is_sure)
            for pair in pairs
        )

    def _masked(self, found: AlikeGroups) -> tuple[SharedByMany, ...]:
        masking = self.office.profile.masking
        presets = {"operator_id_number": masking.identity_number, "phone": masking.phone}
        return tuple(
            SharedByMany(one.what, mask(one.value, presets[one.what]), one.count)
            if one.what in presets
            else one
            for one in found.shared
        )


def are_told_apart(session: Session, one_id: int, another_id: int) -> bool:
    """Tell whether somebody said that these two are different, with whichever of them the word stands now."""
    return session.scalars(_words(one_id, another_id).limit(1)).first() is not None


def _words(one_id: int, another_id: int) -> Select[ToldApart]:
    sides = [
        (ToldApart.establishment_id == one) & (ToldApart.other_id == other)
        for one, other in ((one_id, another_id), (another_id, one_id))
    ]
    return select(ToldApart).where(or_(*sides))

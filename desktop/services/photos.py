"""Photographs (照片) of an establishment: added, seen, taken away with a reason."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.errors import UserError
from desktop.models.establishment import Photo
from desktop.services.establishments import reachable
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require
from desktop.storage.photographs import reencoded

MOST_PHOTOS = 60


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A photograph as the page shows it: small."""

    id: int
    caption: str
    taken_on: date
    entered_by: str
    thumbnail: bytes


class Photos:
    """What the place looks like, for later comparing."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def of(self, establishment_id: int, *, by: Actor) -> tuple[PhotoRow, ...]:
        """Return the photographs of an establishment, the newest first."""
        require(by, Right.SEE)
        query = (
            select(Photo.id, Photo.caption, Photo.taken_on, Photo.entered_by, Photo.thumbnail)
            .where(Photo.establishment_id == establishment_id)
            .order_by(Photo.taken_on.desc(), Photo.id.desc())
        )
        with self.office.db.reading() as session:
            reachable(session, establishment_id, by)
            return tuple(PhotoRow(*found) for found in session.execute(query))

    def picture(self, photo_id: int, *, by: Actor) -> bytes:
        """Return a photograph in full, as JPEG."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            photo = _existing(session, photo_id)
            reachable(session, photo.establishment_id, by)
            return photo.picture

    def add(self, establishment_id: int, data: bytes, *, caption: str, by: Actor) -> int:
        """Keep a photograph and return its id; it is drawn anew and carries no place and no device."""
        require(by, Right.SURVEY)
        drawn = reencoded(data)
        today = self.office.clock.today()
        with self.office.db.writing(self.office.act(by, "photo.add")) as session:
            reachable(session, establishment_id, by)
            kept = select(Photo.sha256).where(Photo.establishment_id == establishment_id)
            fingerprints = set(session.scalars(kept))
            if drawn.sha256 in fingerprints:
                raise UserError("这张照片已经在这一户的档案里，没有再加一遍")
            if len(fingerprints) >= MOST_PHOTOS:
                raise UserError(f"这一户已有 {MOST_PHOTOS} 张照片，请先删去不用的")
            photo = Photo(
                establishment_id=establishment_id,
                caption=caption.strip(),
                # A camera's clock may be wrong; a day to come it cannot have seen.
                taken_on=min(drawn.taken_on or today, today),
                sha256=drawn.sha256,
                picture=drawn.picture,
                thumbnail=drawn.thumbnail,
                entered_at=self.office.clock.now(),
                entered_by=by.name,
            )
            session.add(photo)
            session.flush()
            return photo.id

    def caption(self, photo_id: int, caption: str, *, by: Actor) -> None:
        """Say anew what a photograph shows."""
        require(by, Right.SURVEY)
        with self.office.db.writing(self.office.act(by, "photo.caption")) as session:
            photo = _existing(session, photo_id)
            reachable(session, photo.establishment_id, by)
            photo.caption = caption.strip()

    def remove(self, photo_id: int, *, reason: str, by: Actor) -> None:
        """Take a photograph away; the trail keeps that it was there, and why it went."""
        require(by, Right.SURVEY)
        if not reason.strip():
            raise UserError("删照片须写明原因，请填写")
        with self.office.db.writing(self.office.act(by, "photo.remove", reason=reason)) as session:
            photo = _existing(session, photo_id)
            reachable(session, photo.establishment_id, by)
            session.delete(photo)


def _existing(session: Session, photo_id: int) -> Photo:
    photo = session.get(Photo, photo_id)
    if photo is None:
        raise UserError("这张照片已经不在了，请刷新后再看")
    return photo

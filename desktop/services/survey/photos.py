"""Photographs (照片) of an establishment: added, seen, taken away with a reason."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.rectification import PhotoMoment
from desktop.errors import UserError
from desktop.models.establishment import Photo
from desktop.models.rectification import Finding, InspectionPhoto
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.cases import Casework
from desktop.services.register.establishments import reachable
from desktop.services.rights import Right, require
from desktop.storage.photographs import Photograph, reencoded

MOST_PHOTOS = 60


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A photograph as the page shows it: small."""

    id: int
    caption: str
    taken_on: date
    entered_by: str
    thumbnail: bytes
    moment: PhotoMoment | None = None


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

    def of_case(self, case_id: int, *, by: Actor) -> tuple[PhotoRow, ...]:
        """Return the photographs of what a case is about, the first taken in front."""
        require(by, Right.SEE)
        inspections = select(Finding.inspection_id).where(Finding.case_id == case_id)
        columns = (Photo.id, Photo.caption, Photo.taken_on, Photo.entered_by, Photo.thumbnail)
        query = (
            select(*columns, InspectionPhoto.moment)
            .join(InspectionPhoto, InspectionPhoto.photo_id == Photo.id)
            .where(InspectionPhoto.inspection_id.in_(inspections))
            .order_by(Photo.taken_on, Photo.id)
        )
        with self.office.db.reading() as session:
            Casework(session, self.office, by).case(case_id)
            return tuple(
                PhotoRow(
                    one.id, one.caption, one.taken_on, one.entered_by, one.thumbnail, PhotoMoment(one.moment)
                )
                for one in session.execute(query)
            )

    def add_to_case(
        self, case_id: int, data: bytes, *, moment: PhotoMoment, by: Actor, caption: str = ""
    ) -> int:
        """Keep a photograph that shows what a case is about, before or after it was put right."""
        require(by, Right.INSPECT)
        drawn = reencoded(data)
        with self.office.db.writing(self.office.act(by, "photo.add")) as session:
            case = Casework(session, self.office, by).case(case_id)
            query = select(Finding.inspection_id).where(
                Finding.case_id == case.id, Finding.inspection_id.is_not(None)
            )
            inspection_id = session.scalar(query.order_by(Finding.id).limit(1))
            if inspection_id is None:
                raise UserError("这件整改不是检查查出的，没有检查可附照片；请在档案里加照片")
            photo = self._keep(session, case.establishment_id, drawn, caption.strip() or moment.label, by)
            session.add(
                InspectionPhoto(
                    photo_id=photo.id,
                    inspection_id=inspection_id,
                    moment=moment,
                    entered_at=self.office.clock.now(),
                    entered_by=by.name,
                )
            )
            return photo.id

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
        with self.office.db.writing(self.office.act(by, "photo.add")) as session:
            reachable(session, establishment_id, by)
            return self._keep(session, establishment_id, drawn, caption.strip(), by).id

    def _keep(
        self, session: Session, establishment_id: int, drawn: Photograph, caption: str, by: Actor
    ) -> Photo:
        """Keep a photograph inside an open block, once."""
        today = self.office.clock.today()
        kept = select(Photo.sha256).where(Photo.establishment_id == establishment_id)
        fingerprints = set(session.scalars(kept))
        if drawn.sha256 in fingerprints:
            raise UserError("这张照片已经在这一户的档案里，没有再加一遍")
        if len(fingerprints) >= MOST_PHOTOS:
            raise UserError(f"这一户已有 {MOST_PHOTOS} 张照片，请先删去不用的")
        photo = Photo(
            establishment_id=establishment_id,
            caption=caption,
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
        return photo

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
            for tie in session.scalars(select(InspectionPhoto).where(InspectionPhoto.photo_id == photo.id)):
                session.delete(tie)
            session.flush()
            session.delete(photo)


def _existing(session: Session, photo_id: int) -> Photo:
    photo = session.get(Photo, photo_id)
    if photo is None:
        raise UserError("这张照片已经不在了，请刷新后再看")
    return photo

"""Photographs carry nothing but the picture, and nothing that is no photograph comes in."""

from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from openpyxl import load_workbook
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from desktop.domain.act import Role
from desktop.domain.rectification import PhotoMoment
from desktop.errors import NotAllowedError, UserError
from desktop.services.office.trail import Trail
from desktop.services.rectification.look_backs import LookBacks
from desktop.services.rectification.rectifications import Rectifications
from desktop.services.survey.photos import Photos
from desktop.services.survey.surveys import Surveys
from desktop.services.tables.tables import Tables
from desktop.storage.photographs import reencoded
from tests.offices import TODAY, TestOffice, stall
from tests.visits import PAIR, ordered, reinspect


def photograph(size: tuple[int, int] = (2400, 1200), *, turned: bool = False, form: str = "JPEG") -> bytes:
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    exif = Image.Exif()
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (31.0, 44.0, 0.0)
    exif.get_ifd(IFD.Exif)[0x9003] = "2018:05:28 09:10:11"
    exif[Base.Model] = "手机"
    if turned:
        exif[Base.Orientation] = 6
    written = BytesIO()
    image.save(written, form, exif=exif)
    return written.getvalue()


@pytest.fixture
def shop(desk: TestOffice) -> int:
    return Surveys(desk.office).save("stall", stall(), by=desk.clerk, identity=UUID(int=1)).id


def test_a_photograph_keeps_neither_place_nor_device_and_is_at_most_1600_long(desk, shop) -> None:
    photos = Photos(desk.office)

    kept = photos.picture(photos.add(shop, photograph(), caption="门头", by=desk.clerk), by=desk.clerk)

    with Image.open(BytesIO(kept)) as image:
        assert (image.format, image.size) == ("JPEG", (1600, 800))
        assert dict(image.getexif()) == {}
    assert "手机".encode() not in kept


def test_a_photograph_taken_sideways_stands_upright() -> None:
    drawn = reencoded(photograph((800, 400), turned=True))

    assert Image.open(BytesIO(drawn.picture)).size == (400, 800)


def test_what_is_see_through_becomes_white_like_paper() -> None:
    written = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(written, "PNG")

    drawn = Image.open(BytesIO(reencoded(written.getvalue()).picture))

    assert drawn.getpixel((10, 10)) == (255, 255, 255)


def test_the_camera_says_on_which_day_but_never_a_day_to_come(desk, shop) -> None:
    photos = Photos(desk.office)
    photos.add(shop, photograph(), caption="门头", by=desk.clerk)
    desk.clock.day = date(2018, 5, 1)
    photos.add(shop, photograph((300, 300)), caption="加工间", by=desk.clerk)

    assert {row.caption: row.taken_on for row in photos.of(shop, by=desk.clerk)} == {
        "门头": date(2018, 5, 28),
        "加工间": date(2018, 5, 1),
    }


@pytest.mark.parametrize("data", [b"", b"GIF89a" + bytes(50), photograph()[:900], b"%PDF-1.7"])
def test_what_is_no_whole_jpeg_or_png_is_refused_with_one_sentence(data: bytes) -> None:
    with pytest.raises(UserError, match="不是完好的"):
        reencoded(data)


def test_a_small_file_that_would_fill_the_memory_is_refused() -> None:
    written = BytesIO()
    Image.new("1", (12_000, 12_000)).save(written, "PNG")

    with pytest.raises(UserError):
        reencoded(written.getvalue())


def test_the_same_photograph_is_kept_once(desk, shop) -> None:
    photos = Photos(desk.office)
    photos.add(shop, photograph(), caption="门头", by=desk.clerk)

    with pytest.raises(UserError, match="已经在"):
        photos.add(shop, photograph(), caption="又一张", by=desk.clerk)
    assert len(photos.of(shop, by=desk.clerk)) == 1


def test_taking_a_photograph_away_needs_its_reason_and_leaves_a_trace(desk, shop) -> None:
    photos = Photos(desk.office)
    photo_id = photos.add(shop, photograph(), caption="门头", by=desk.clerk)

    with pytest.raises(UserError, match="原因"):
        photos.remove(photo_id, reason=" ", by=desk.clerk)
    photos.remove(photo_id, reason="拍错了店", by=desk.clerk)

    assert photos.of(shop, by=desk.clerk) == ()
    newest = Trail(desk.office).of_establishment(shop, by=desk.clerk)[0]
    assert (newest.action, newest.reason) == ("photo.remove", "拍错了店")
    assert "picture" not in newest.changes


def test_a_village_sees_only_its_own_photographs(desk, shop) -> None:
    photos = Photos(desk.office)
    photos.add(shop, photograph(), caption="门头", by=desk.clerk)
    stranger = desk.somebody("外村", Role.VILLAGE, village_id=2)

    with pytest.raises(NotAllowedError):
        photos.of(shop, by=stranger)
    assert photos.of(shop, by=desk.clerk)[0].taken_on < TODAY


def test_a_case_has_its_photographs_of_before_and_after(desk: TestOffice, shop: int, tmp_path: Path) -> None:
    case = ordered(desk, shop, "S05").case_id
    photos = Photos(desk.office)
    before = photos.add_to_case(case, photograph(), moment=PhotoMoment.BEFORE, by=desk.clerk)
    after = photos.add_to_case(
        case, photograph((300, 200)), moment=PhotoMoment.AFTER, caption="新纱罩", by=desk.clerk
    )
    photos.add(shop, photograph((200, 100)), caption="门头", by=desk.clerk)

    shown = photos.of_case(case, by=desk.clerk)

    assert [(one.id, one.caption, one.moment) for one in shown] == [
        (before, "整改前", PhotoMoment.BEFORE),
        (after, "新纱罩", PhotoMoment.AFTER),
    ]
    assert len(photos.of(shop, by=desk.clerk)) == 3, "the dossier shows them all"
    Tables(desk.office).export("rectifications", tmp_path / "台账.xlsx", by=desk.clerk)
    sheet = load_workbook(tmp_path / "台账.xlsx").worksheets[0]
    line = {sheet.cell(3, cell.column).value: cell.value for cell in sheet[4]}
    assert line["佐证照片"] == "前 1、后 1"

    photos.remove(after, reason="拍错了", by=desk.clerk)
    assert [one.id for one in photos.of_case(case, by=desk.clerk)] == [before]


def test_a_case_that_no_inspection_opened_takes_no_photographs(desk: TestOffice, shop: int) -> None:
    case = ordered(desk, shop, "S05").case_id
    reinspect(desk, case, on=TODAY)
    Rectifications(desk.office).close_out(case, on=TODAY, by=desk.clerk)
    back = LookBacks(desk.office).record(
        shop, on=TODAY, inspectors=PAIR, outcome="rebounded", note="又没有", by=desk.clerk
    )

    with pytest.raises(UserError, match="不是检查查出的"):
        Photos(desk.office).add_to_case(back.case_id, photograph(), moment=PhotoMoment.AFTER, by=desk.clerk)

"""Photographs on their way in: opened with suspicion and drawn anew, without place and device."""

import warnings
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from desktop.errors import UserError

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 40 * 1024 * 1024
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 1600
THUMBNAIL_SIDE = 360
_QUALITY = 82
_EXIF_DETAILS = 0x8769
_TAKEN_AT = 0x9003


@dataclass(frozen=True, slots=True)
class Photograph:
    """A photograph as it is kept; ``taken_on`` is what the camera said, if it said anything."""

    picture: bytes
    thumbnail: bytes
    sha256: str
    taken_on: date | None


def reencoded(data: bytes) -> Photograph:
    """Return a photograph drawn anew: upright, at most 1600 dots long, with nothing but the picture."""
    if len(data) > MOST_BYTES:
        raise UserError(f"照片有 {len(data) // 1024 // 1024} MB，最大 40 MB，请换一张小些的")
    with warnings.catch_warnings():
        # Pillow only warns of pictures that would fill the memory; for us that is a refusal.
        warnings.simplefilter("error")
        try:
            return _drawn_anew(data)
        except UserError:
            raise
        except Exception as wrong:  # a damaged file may fail anywhere inside the decoder
            raise UserError("这个文件打不开，不是完好的 JPEG 或 PNG 照片，请换一张") from wrong


def _drawn_anew(data: bytes) -> Photograph:
    from PIL import Image, ImageOps  # slow to load, and few sessions add photographs

    with Image.open(BytesIO(data), formats=("JPEG", "PNG")) as opened:
        width, height = opened.size
        if width * height > MOST_PIXELS:
            raise UserError(f"照片有 {width}×{height} 个点，太大了，请缩小后再加")
        taken_on = _taken_on(opened)
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = _on_white(ImageOps.exif_transpose(opened))
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    picture = _jpeg(upright)
    upright.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Photograph(picture, _jpeg(upright), sha256(picture).hexdigest(), taken_on)


def _on_white(image: "Image") -> "Image":
    """Return the picture in plain colours; what was see-through becomes white, as on paper."""
    from PIL import Image

    if not image.has_transparency_data:
        return image.convert("RGB")
    layered = image.convert("RGBA")
    sheet = Image.new("RGB", layered.size, "white")
    sheet.paste(layered, mask=layered.getchannel("A"))
    return sheet


def _jpeg(image: "Image") -> bytes:
    written = BytesIO()
    image.save(written, "JPEG", quality=_QUALITY, optimize=True, exif=b"", icc_profile=None)
    return written.getvalue()


def _taken_on(image: "Image") -> date | None:
    said = image.getexif().get_ifd(_EXIF_DETAILS).get(_TAKEN_AT, "")
    try:
        return datetime.strptime(str(said)[:10], "%Y:%m:%d").date()  # noqa: DTZ007 - a camera knows no zone
    except ValueError:
        return None

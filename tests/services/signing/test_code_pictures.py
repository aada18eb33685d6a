"""The code on a picture: the one that papers carry, as a telephone or a scanner takes it."""

from pathlib import Path

import pytest
import segno
from PIL import Image

from desktop.errors import UserError
from desktop.services.signing.code_pictures import code_in

CODE = "SX1-0LU4-STALL-TF32041310020180037-20190619-" + "11FR6G2W6NW2M88EJ9MNCO7HSXZIH7PXP2S9" * 4


@pytest.fixture
def picture(tmp_path: Path) -> Image.Image:
    segno.make(CODE, error="m", micro=False).save(str(tmp_path / "code.png"), scale=5)
    return Image.open(tmp_path / "code.png").convert("L")


@pytest.mark.parametrize("ending", ["png", "jpg", "bmp", "tif", "webp"])
def test_a_code_is_read_off_a_crooked_picture_of_every_kind(
    picture: Image.Image, ending: str, tmp_path: Path
) -> None:
    file = tmp_path / f"照片.{ending}"
    picture.rotate(7, expand=True, fillcolor=255).save(file)

    assert code_in(file) == CODE


def test_a_small_code_beside_it_is_none_of_ours(picture: Image.Image, tmp_path: Path) -> None:
    segno.make_micro("79306").save(str(tmp_path / "micro.png"), scale=5, border=4)
    both = Image.new("L", (picture.width + 200, picture.height), 255)
    both.paste(picture, (0, 0))
    both.paste(Image.open(tmp_path / "micro.png").convert("L"), (picture.width, 0))
    both.save(tmp_path / "both.png")

    assert code_in(tmp_path / "both.png") == CODE


def test_two_codes_on_one_picture_are_refused(picture: Image.Image, tmp_path: Path) -> None:
    segno.make("另一张", micro=False).save(str(tmp_path / "other.png"), scale=5)
    other = Image.open(tmp_path / "other.png").convert("L")
    both = Image.new("L", (picture.width + other.width, picture.height), 255)
    both.paste(picture, (0, 0))
    both.paste(other, (picture.width, 0))
    both.save(tmp_path / "both.png")

    with pytest.raises(UserError, match="2 个不同的二维码"):
        code_in(tmp_path / "both.png")


def test_what_holds_no_code_is_refused(tmp_path: Path) -> None:
    Image.new("L", (300, 300), 255).save(tmp_path / "white.png")
    (tmp_path / "text.png").write_text("不是图片", encoding="utf-8")
    Image.new("1", (20_000, 12_000)).save(tmp_path / "huge.png")

    for file, said in (
        ("white", "没有找到二维码"),
        ("text", "不是能打开的图片"),
        ("huge", "太大|不是能打开"),
    ):
        with pytest.raises(UserError, match=said):
            code_in(tmp_path / f"{file}.png")
    with pytest.raises(UserError, match="找不到图片"):
        code_in(tmp_path / "none.png")

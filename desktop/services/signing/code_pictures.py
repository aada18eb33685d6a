"""The code on a photograph or a scan of a paper."""

from pathlib import Path
from warnings import catch_warnings, simplefilter

from desktop.errors import UserError

MOST_BYTES = 40 * 1024 * 1024


def code_in(file: Path) -> str:
    """Return the text of the QR on a picture (PNG, JPEG, BMP, TIFF, WebP); refuse none, or several."""
    import zxingcpp  # the two libraries are slow to load
    from PIL import Image, ImageOps, UnidentifiedImageError

    if not file.is_file():
        raise UserError(f"找不到图片 {file}，请核对路径")
    if file.stat().st_size > MOST_BYTES:
        raise UserError(f"图片 {file.name} 超过 40 MB，没有打开；请只截取二维码那一块")
    try:
        with catch_warnings():
            simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file) as opened:
                picture = ImageOps.exif_transpose(opened).convert("L")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombWarning) as wrong:
        raise UserError(f"{file.name} 不是能打开的图片，请用 PNG 或 JPEG 格式的照片、截图") from wrong
    except Image.DecompressionBombError as wrong:
        raise UserError(f"图片 {file.name} 太大，没有打开；请只截取二维码那一块") from wrong
    # Only what papers carry: the small kinds (Micro QR) are now and then seen inside a large code.
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2)
    found = {one.text for one in zxingcpp.read_barcodes(picture, formats=formats)}
    if not found:
        raise UserError(f"{file.name} 上没有找到二维码；请靠近些、摆正、不反光，再拍一张")
    if len(found) > 1:
        raise UserError(f"{file.name} 上有 {len(found)} 个不同的二维码；请一次只拍一张证卡")
    return str(found.pop())

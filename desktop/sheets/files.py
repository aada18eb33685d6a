"""Writes a file whole or not at all: beside its place first, then moved onto it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from desktop.errors import EnvironmentFailedError, UserError, words_of


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Lend a path to write to; it becomes ``target`` at the end of the block, or vanishes."""
    if target.is_dir():
        raise UserError(f"{target} 是文件夹，请写上文件名，如 调查表.xlsx")
    if not target.parent.is_dir():
        raise UserError(f"文件夹 {target.parent} 不存在，请先建好或换一个位置")
    try:
        with NamedTemporaryFile(dir=target.parent, prefix=".", suffix=target.suffix, delete=False) as made:
            beside = Path(made.name)
    except OSError as failed:
        raise EnvironmentFailedError(
            f"{target.parent} 写不进去（{words_of(failed)}）；请检查权限和磁盘空间，或换一个位置"
        ) from failed
    try:
        yield beside
        beside.chmod(0o666 & ~_umask())
        os.replace(beside, target)  # noqa: PTH105 - says what it does: the old file is replaced
    except PermissionError as failed:
        raise EnvironmentFailedError(f"{target} 正被别的程序打开，没有写入；请关掉它再试") from failed
    except OSError as failed:
        raise EnvironmentFailedError(
            f"{target} 没有写入（{words_of(failed)}）；请检查磁盘空间，或换一个位置"
        ) from failed
    finally:
        beside.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

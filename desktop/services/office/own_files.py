"""Files of the office in its data folder: whole or not there at all."""

import os
from contextlib import suppress
from pathlib import Path

from desktop.errors import EnvironmentFailedError, words_of


def put(target: Path, content: bytes) -> None:
    """Write all or nothing: whoever reads at the same moment sees the old file or the new one."""
    being_written = target.with_suffix(".writing")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with being_written.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        being_written.replace(target)
    except OSError as failed:
        with suppress(OSError):
            being_written.unlink()
        raise EnvironmentFailedError(
            f"{target} 写不进去（{words_of(failed)}）；请看磁盘是否已满、文件夹是否可写"
        ) from failed


def remove(target: Path) -> None:
    """Take a file away; one that is gone already is no failure."""
    try:
        target.unlink(missing_ok=True)
    except OSError as failed:
        raise EnvironmentFailedError(f"{target} 删不掉（{words_of(failed)}）；请看文件夹是否可写") from failed

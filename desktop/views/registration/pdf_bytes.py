"""Files that are only looked at: written into the scratch folder, read, and gone again."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

T = TypeVar("T")


def drawn(scratch: Path, draw: Callable[[Path], T]) -> tuple[T, bytes]:
    """Let something write a PDF and return its answer with the file's bytes; no bytes, no file."""
    scratch.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=scratch) as folder:
        target = Path(folder) / "look.pdf"
        answer = draw(target)
        return answer, target.read_bytes() if target.is_file() else b""

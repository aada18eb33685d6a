"""Why a paper is not printed: every reason is a sentence, a code and the characters it is about."""

from collections.abc import Iterable
from dataclasses import dataclass

GLYPH = "glyph"
PRIVATE_USE = "private_use"
FIT = "fit"
MISSING_FACT = "missing_fact"
PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stops a paper; ``characters`` names code points as ``U+31350``."""

    code: str
    sentence: str
    characters: tuple[str, ...] = ()


class PrintError(Exception):
    """A paper, a file or a setting that printing refuses, said in a Chinese sentence."""


class Refused(PrintError):
    """Papers that must not be printed, with all their reasons together."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("；".join(reason.sentence for reason in self.reasons))


class FontMissing(PrintError):
    """A face without which no paper can be printed is not installed."""


class CannotWrite(PrintError):
    """The folder of the file does not take it."""


def code_points(characters: Iterable[str]) -> tuple[str, ...]:
    """Return ``U+4E00`` names, each once, in order."""
    return tuple(dict.fromkeys(f"U+{ord(character):04X}" for character in characters))

"""Serials printed on blank certificates and cards (空白证): letters in front, digits behind."""

import re
from dataclasses import dataclass

from desktop.domain.errors import WrongValue

_SERIAL = re.compile(r"(?P<prefix>.{0,20}?)(?P<digits>[0-9]{1,12})", re.ASCII)


@dataclass(frozen=True, slots=True)
class BlankSerial:
    """One printed serial, such as ``苏JT0000123``; zeros in front belong to it."""

    prefix: str
    digits: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "BlankSerial":
        """Read a serial as it is printed; ``WrongValue`` where it does not end in digits."""
        found = _SERIAL.fullmatch("".join(text.split()))
        if found is None:
            raise WrongValue("unknown_value", f"“{text}”不是印刷流水号，要以 1 到 12 位数字结尾，如 A0000123")
        return cls(found["prefix"], len(found["digits"]), int(found["digits"]))

    def at(self, number: int) -> str:
        """Return another serial of the same print run."""
        return f"{self.prefix}{number:0{self.digits}d}"

    def __str__(self) -> str:
        return self.at(self.number)

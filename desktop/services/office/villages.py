"""The villages and communities of the township, and how people write their names."""

import csv
import io
import re
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.folding import fold_name
from desktop.domain.profile import Profile
from desktop.domain.village_names import WrittenVillages, stem_of
from desktop.errors import UserError
from desktop.models.office import Village
from desktop.services.open_office import OpenOffice


class VillageKind(StrEnum):
    """Told by the ending of the name; the code is only a hint."""

    VILLAGE = "village"
    COMMUNITY = "community"


@dataclass(frozen=True, slots=True)
class VillageRow:
    """A village as lists and fields show it."""

    id: int
    code: str
    name: str
    kind: VillageKind


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Villages:
    """Asks for villages; they are made with the register."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def all(self) -> tuple[VillageRow, ...]:
        """Return all villages in the order of the list that the office gave."""
        with self.office.db.reading() as session:
            return villages_of(session)

    def named(self, typed: str) -> VillageRow:
        """Return the village that a name or a code means; refuse an unknown one with what there is."""
        return village_named(self.all(), typed)


def villages_of(session: Session) -> tuple[VillageRow, ...]:
    """Return all villages inside an open block."""
    query = select(Village.id, Village.code, Village.name, Village.kind).order_by(Village.position)
    return tuple(
        VillageRow(row.id, row.code, row.name, VillageKind(row.kind)) for row in session.execute(query)
    )


def written_villages(villages: tuple[VillageRow, ...], profile: Profile) -> WrittenVillages:
    """Return the reader of what people write for these villages."""
    return WrittenVillages((village.name for village in villages), profile.places_above)


def village_named(villages: tuple[VillageRow, ...], typed: str) -> VillageRow:
    """Find a village by name, by code, or by its name without 村 or 社区 where that is one village only."""
    found = find_village(villages, typed)
    if found is None:
        there_are = "、".join(village.name for village in villages)
        raise UserError(f"没有“{typed.strip()}”这个村（社区）；本镇有：{there_are}")
    return found


def find_village(villages: tuple[VillageRow, ...], typed: str) -> VillageRow | None:
    """Return the village that was meant, or ``None`` where that would be a guess."""
    wanted = fold_name(typed)
    for village in villages:
        if wanted in {fold_name(village.name), village.code}:
            return village
    stem = stem_of(wanted)
    alike = [village for village in villages if stem_of(village.name) == stem]
    return alike[0] if len(alike) == 1 and stem else None


def read_village_list(content: bytes, file: str) -> list[tuple[str, str]]:
    """Read a village list (header ``code,name``, UTF-8 or GB18030); refuse what is not one, with its line."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    rows = list(csv.reader(io.StringIO(text)))
    if not rows or [cell.strip().lower() for cell in rows[0][:2]] != ["code", "name"]:
        raise UserError(f"{file} 第 1 行：村名单的表头应为 code,name")
    villages: dict[str, str] = {}
    for number, row in enumerate(rows[1:], 2):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if len(cells) < 2 or not cells[0] or not cells[1]:
            raise UserError(f"{file} 第 {number} 行：须有代码和村名两格")
        if cells[0] in villages or cells[1] in villages.values():
            raise UserError(f"{file} 第 {number} 行：“{cells[1]}”（{cells[0]}）重复，每个村只写一行")
        if _CONTROL.search(cells[0] + cells[1]):
            raise UserError(f"{file} 第 {number} 行：代码或村名里有看不见的字符，请重新填写这一行")
        villages[cells[0]] = cells[1]
    if not villages:
        raise UserError(f"{file} 里没有村；请在表头下每行写一个村（社区）")
    return list(villages.items())


def kind_of(name: str) -> VillageKind:
    """Tell a community from a village by the ending of its name."""
    is_community = name.endswith(("社区", "居委会", "居民委员会"))
    return VillageKind.COMMUNITY if is_community else VillageKind.VILLAGE

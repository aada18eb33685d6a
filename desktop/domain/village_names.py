"""How people write a village: 金城镇白塔村, 白塔村委会, 白塔1组; the group in it is part of the address."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from desktop.domain.folding import fold_address, fold_name, half_width, without_invisible

ALL_VILLAGES = "全部村（社区）"

_OF_VILLAGE = ("行政村", "村村民委员会", "村村委会", "村民委员会", "村委会", "村委", "村")
_OF_COMMUNITY = ("社区居民委员会", "社区居委会", "居民委员会", "居委会", "社区居委", "居委", "社区")
_ENDINGS = (*_OF_VILLAGE, *_OF_COMMUNITY)
_COUNT = "[0-9〇零一二三四五六七八九十百]{1,4}"
_UNIT = "(?:村民小组|生产队|小组|组|队)"
_GROUP = f"(?:第)?{_COUNT}(?:号)?{_UNIT}"
_NUMBERED = rf"(?:\d|{_GROUP})"
_NAMED = f"(?:(?![村社])[\u4e00-\u9fff]){{1,6}}(?:{_UNIT}|自然村)"
_HOUSE = r"\d{1,5}(?:-\d{1,5}){0,3}(?:号楼|号|室|幢|栋)?(?:\d{1,4}(?:号|室))?"
_GAP = r"[\s,，、/()（）\[\]【】—\-]*"
_HAS_GROUP = re.compile(f"{_COUNT}(?:号)?{_UNIT}")
_REMARK = re.compile(r"[（(【\[〔].*?[）)】\]〕]")
_COUNTED = re.compile(r"[(\[]共?\d{1,4}[户家][)\]]$")
"""What stands behind a village that heads its rows: 白塔村（12户）."""

_UPPER = re.compile(r".+?(?:自治区|自治州|[省市区县旗盟])")


@dataclass(frozen=True, slots=True)
class WrittenVillage:
    """Which village somebody wrote, and what they wrote behind it: a group, a house number, or nothing."""

    name: str
    rest: str = ""


class WrittenVillages:
    """Reads villages as people write them; what could be another place is not read."""

    def __init__(self, names: Iterable[str], above: Iterable[str] = ()) -> None:
        """Take the villages there are, and the province, county and township above them."""
        names = tuple(names)
        before = "".join(f"(?:{_as_written(place)})?" for whole in above for place in _places(whole))
        stems = [stem_of(name) for name in names]
        self._patterns = {
            name: re.compile(before + _GAP + _village(name, is_only=stems.count(stem_of(name)) == 1))
            for name in sorted(names, key=lambda one: (-len(stem_of(one)), one))
        }

    def read(self, typed: str) -> WrittenVillage | None:
        """Return the village and the rest; ``None`` for what needs a guess."""
        written = _COUNTED.sub("", "".join(without_invisible(half_width(typed)).split()))
        for name, pattern in self._patterns.items():
            if found := pattern.fullmatch(written):
                return WrittenVillage(name, found["rest"] or found["bare"] or "")
        return None


@lru_cache(maxsize=1_024)
def stem_of(name: str) -> str:
    """Return a village's name without 村, 社区, 村委会 and the like."""
    folded = fold_name(name)
    endings = (one for one in sorted(_ENDINGS, key=len, reverse=True) if folded.endswith(one))
    ending = next((one for one in endings if len(folded) > len(one)), "")
    return folded.removesuffix(ending)


def place_in(village: str, address: str, above: tuple[str, ...]) -> str:
    """Fold an address for comparing within its village, without what says only where the village lies.

    白塔村3组5号, 金城镇白塔村委会3组5号 and 3组5号 are one place in 白塔村; 白塔路5号 is a road, and an
    address that names the village and nothing else is that.
    """
    folded, in_front = fold_address(address), _in_front(village, above)
    while found := in_front.match(folded):
        if found.end() == len(folded):
            return fold_address(stem_of(village))
        folded = folded[found.end() :]
    return folded


def with_village(village: str, address: str) -> str:
    """Return an address that says its village: as it is where it does, else behind the village's name.

    后阳村5组 and 后阳村委会5组 say 后阳村（原后阳、下塘合并）.
    """
    says_it = village in address or _named(village).search(fold_address(address))
    return address if says_it else f"{village}{address}"


@lru_cache(maxsize=1_024)
def _in_front(village: str, above: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for the names in front of an address: the places above, the village, or both."""
    places = [fold_address(place) for whole in above for place in _places(whole)]
    before = "".join(f"(?:{_as_written(place)})?" for place in places)
    alone = "".join(f"(?:{_as_written(place, is_whole=True)})?" for place in places)
    return re.compile(f"{before}{_named(village).pattern}|(?=.){alone}(?<=.)")


@lru_cache(maxsize=1_024)
def _named(village: str) -> re.Pattern[str]:
    """Return a pattern for a village's name in an address; what stands in brackets is a remark on it."""
    bare = _REMARK.sub("", village) or village
    stem = re.escape(fold_address(stem_of(bare)))
    # 村委会东100米 begins at the committee: its name goes only where a number follows, as the group's does
    committee = f"(?:{'|'.join(_ENDINGS)})(?={_NUMBERED}|$)"
    named = f"{stem}(?:{committee}|行政村|村|社区|(?={_GROUP})|$)"
    return re.compile(named if bare == village else f"(?:{re.escape(fold_address(village))}|{named})")


def with_rest(answers: Mapping[str, object], written: WrittenVillage, typed: str) -> dict[str, str]:
    """Return the answers that keep what stood behind the village: in the address where that lacks it.

    An address that names no group gets it in front (behind the village, where it begins with that); where
    none was asked for it is the address; one that names another group keeps it, and the remark says what
    the village cell said. An address that says the same stays.
    """
    address, rest = answers.get("address"), written.rest
    if not rest or ("address" in answers and address is None):
        return {} if not rest else {"remark": _remarked(answers, typed)}
    if not isinstance(address, str):
        return {"address": rest}
    if fold_address(rest) in fold_address(address):
        return {}
    if _HAS_GROUP.search(half_width(address)) or not _HAS_GROUP.search(half_width(rest)):
        return {"remark": _remarked(answers, typed)}
    beginning = written.name if address.startswith(written.name) else ""
    return {"address": f"{beginning}{rest}{address.removeprefix(beginning)}"}


def _remarked(answers: Mapping[str, object], typed: str) -> str:
    before = answers.get("remark")
    note = f"村一栏原写“{typed.strip()}”"
    return f"{before}；{note}" if isinstance(before, str) and before else note


def _village(name: str, *, is_only: bool) -> str:
    is_community = fold_name(name).endswith(_OF_COMMUNITY)
    own = _OF_COMMUNITY if is_community else _OF_VILLAGE
    ending = "|".join(_ENDINGS if is_only else own)
    stem = re.escape(stem_of(name))
    numbered = f"{_GROUP}(?:{_HOUSE})?"
    behind = f"(?:{numbered}|{_NAMED}(?:{_HOUSE})?|{_HOUSE})"
    ended = f"{stem}(?:{ending}){_GAP}(?P<rest>(?:{behind})?)"
    bare = f"{stem}{_GAP}(?P<bare>(?:{numbered})?)" if is_only else "(?P<bare>(?!))"
    return f"(?:{ended}|{bare}){_GAP}"


def _places(whole: str) -> list[str]:
    """Part 常州市金坛区 into its places; a township stays one."""
    return _UPPER.findall(whole) or [whole]


def _as_written(place: str, *, is_whole: bool = False) -> str:
    """Return a pattern for 金坛区, 金坛 and 金坛市 alike: places change what they end with.

    金坛 alone may begin another name (金坛路): where nothing else tells, the ``is_whole`` name is wanted.
    """
    stem = re.sub(r"(?:自治区|自治州|街道|[省市区县旗盟镇乡])$", "", place)
    if place == stem:
        return re.escape(place)
    is_town = place.endswith(("镇", "乡", "街道"))
    endings = "镇|乡|街道办事处|街道办|街道" if is_town else "自治区|自治州|省|市|区|县|旗|盟"
    return f"{re.escape(stem)}(?:{endings}){'' if is_whole else '?'}"

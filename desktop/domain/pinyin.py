"""Pinyin and initials for searching and sorting, with the readings that surnames keep for themselves."""

from functools import lru_cache

from desktop.domain.folding import fold

SURNAMES = {
    "万俟": "mo qi",
    "尉迟": "yu chi",
    "长孙": "zhang sun",
    "澹台": "tan tai",
    "单于": "chan yu",
    "皇甫": "huang fu",
    "宇文": "yu wen",
    "令狐": "ling hu",
    "鲜于": "xian yu",
    "单": "shan",
    "曾": "zeng",
    "解": "xie",
    "仇": "qiu",
    "区": "ou",
    "查": "zha",
    "盖": "ge",
    "朴": "piao",
    "任": "ren",
    "冼": "xian",
    "折": "she",
    "黑": "he",
    "缪": "miao",
    "翟": "zhai",
    "召": "shao",
    "员": "yun",
    "贠": "yun",
    "乜": "nie",
    "么": "yao",
    "逄": "pang",
    "覃": "qin",
    "谌": "chen",
    "乐": "yue",
    "种": "chong",
    "繁": "po",
    "牟": "mu",
    "隗": "wei",
    "薄": "bo",
    "费": "fei",
    "葛": "ge",
    "华": "hua",
    "纪": "ji",
    "那": "na",
    "宁": "ning",
    "曲": "qu",
    "谷": "gu",
    "都": "du",
    "句": "gou",
    "过": "guo",
    "哈": "ha",
    "炅": "gui",
    "祭": "zhai",
    "相": "xiang",
    "应": "ying",
    "訾": "zi",
    "仉": "zhang",
    "阚": "kan",
    "亓": "qi",
    "厍": "she",
    "郗": "xi",
    "眭": "sui",
    "尉": "wei",
    "佴": "nai",
    "宓": "mi",
    "能": "nai",
    "幺": "yao",
    "车": "che",
    "石": "shi",
    "秘": "bi",
    "沈": "shen",
    "贾": "jia",
    "盛": "sheng",
    "强": "qiang",
    "撒": "sa",
    "洗": "xian",
    "卜": "bu",
    "重": "chong",
    "臧": "zang",
    "万": "wan",
    "俞": "yu",
    "禤": "xuan",
}
"""Surnames of several readings, and the one they have as a surname; the longer ones are tried first."""

_UNREAD = "\0"  # tells a run without reading from a syllable: both may be Latin letters


def pinyin(text: str, *, is_person: bool = False) -> str:
    """Return the reading in one piece for searching: small letters, no tones, no punctuation.

    Characters without a reading, digits and Latin letters stay themselves.
    """
    return "".join(_syllables(fold(text), is_person))


def initials(text: str, *, is_person: bool = False) -> str:
    """Return the first letter of each syllable for searching; what has no reading stays itself."""
    return "".join(s[0] if _is_reading(s) else s for s in _syllables(fold(text), is_person))


def sort_key(text: str, *, is_person: bool = False) -> str:
    """Return a text whose order is that of a Chinese list: by syllables, then by the characters."""
    return " ".join(_syllables(text, is_person)) + "\t" + text


def _is_reading(syllable: str) -> bool:
    return syllable.isascii() and syllable.isalpha() and syllable.islower()


def _syllables(text: str, is_person: bool) -> tuple[str, ...]:
    """Return one syllable for each Han character; other text stays in its pieces."""
    surname = _surname(text) if is_person else ""
    return (*SURNAMES[surname].split(), *_read(text[len(surname) :])) if surname else _read(text)


def _surname(text: str) -> str:
    for length in (2, 1):
        if text[:length] in SURNAMES:
            return text[:length]
    return ""


@lru_cache(maxsize=4_096)
def _read(text: str) -> tuple[str, ...]:
    from pypinyin.seg.simpleseg import seg

    return tuple(syllable for word in seg(text) for syllable in _read_word(word))


@lru_cache(maxsize=16_384)
def _read_word(word: str) -> tuple[str, ...]:
    """Return the syllables of a word or a single character; the library asks much of each, each time."""
    from pypinyin import lazy_pinyin

    pieces: list[str] = []
    for piece in lazy_pinyin([word], errors=lambda unread: _UNREAD + unread):
        if piece.startswith(_UNREAD):
            pieces.extend(piece.removeprefix(_UNREAD))
        else:
            pieces.append(piece)
    return tuple(pieces)

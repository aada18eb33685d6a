"""How papers cite the law: each law named once, its articles in their order."""

from collections.abc import Iterable
from re import match

from desktop.domain.profile import LegalBasis

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100}


def cite(bases: Iterable[LegalBasis]) -> str:
    """Return clauses as 《…法》第三十三条、第三十四条和《…条例》第二条; laws stand as they first come."""
    by_law: dict[str, list[str]] = {}
    for basis in bases:
        articles = by_law.setdefault(basis.title, [])
        if basis.article not in articles:
            articles.append(basis.article)
    laws = [f"《{title}》{'、'.join(sorted(articles, key=_place))}" for title, articles in by_law.items()]
    return "和".join(filter(None, ("、".join(laws[:-1]), *laws[-1:])))


def _place(article: str) -> int:
    """Return the number of an article; what has none comes last, in the order given."""
    found = match(r"第([零一二三四五六七八九十百]+)条", article)
    if found is None:
        return 1_000
    number, digit = 0, 0
    for sign in found[1]:
        if sign in _UNITS:
            number, digit = number + (digit or 1) * _UNITS[sign], 0
        else:
            digit = _DIGITS[sign]
    return number + digit

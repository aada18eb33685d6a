"""Places in markup: where elements begin and end in its bytes, and edits that leave every other byte."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from re import compile as pattern
from xml.sax.saxutils import quoteattr

_TAG = pattern(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_ENCODING = pattern(rb"""<\?xml[^>]*encoding=["']([A-Za-z0-9_.\-]+)["']""")
_READ = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes that take the place of others; nothing is replaced where both ends are one."""

    start: int
    end: int
    content: bytes


@dataclass(slots=True)
class Element:
    """One element: its whole name and its own, what its tag says, and its places, known when it has ended."""

    tag: str
    name: str
    start: int
    attributes: Mapping[str, str]
    parent: "Element | None" = None
    inside_start: int = 0
    inside_end: int = 0
    end: int = 0
    is_closed_at_once: bool = False

    @property
    def prefix(self) -> str:
        """What stands before the names of elements: nothing, or x: as some programs write it."""
        return self.tag.removesuffix(self.name)


def walk(content: bytes, begin: Callable[[Element], None], finish: Callable[[Element], None]) -> None:
    """Tell of each element as it begins and as it ends; ``ValueError`` for what cannot be read."""
    from xml.parsers.expat import ExpatError, ParserCreate

    named = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    if content.startswith(_MARKS) or (named is not None and named[1].lower() not in _READ):
        raise ValueError("markup in another encoding")
    parser = ParserCreate()
    open_ones: list[Element] = []

    def begun(tag: str, attributes: dict[str, str]) -> None:
        parent = open_ones[-1] if open_ones else None
        one = Element(tag, tag.rpartition(":")[2], parser.CurrentByteIndex, attributes, parent)
        open_ones.append(one)
        begin(one)

    def ended(tag: str) -> None:
        one = open_ones.pop()
        one.inside_start = one.inside_end = one.end = tag_end(content, one.start)
        one.is_closed_at_once = content[one.end - 2 : one.end] == b"/>"
        if not one.is_closed_at_once:
            one.inside_end = parser.CurrentByteIndex
            one.end = tag_end(content, one.inside_end)
        finish(one)

    parser.StartElementHandler, parser.EndElementHandler = begun, ended
    try:
        parser.Parse(content, True)
    except ExpatError as wrong:
        raise ValueError("broken markup") from wrong


def tag_end(content: bytes, start: int) -> int:
    """Return the place behind a tag; a > may stand in what it says."""
    found = _TAG.match(content, start)
    if found is None:
        raise ValueError("a tag that does not end")
    return found.end()


def spliced(content: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the bytes with all edits made; of several that put in at one place the first stays first."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        parts += [content[at : edit.start], edit.content]
        at = max(at, edit.end)
    return b"".join([*parts, content[at:]])


def written(tag: str, attributes: Mapping[str, str], inside: str = "") -> str:
    """Return an element as markup; ``inside`` is markup already."""
    opened = opening(tag, attributes)
    return f"{opened}{inside}</{tag}>" if inside else f"{opened[:-1]}/>"


def opening(tag: str, attributes: Mapping[str, str]) -> str:
    """Return the tag with which an element begins."""
    said = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{tag}{said}>"

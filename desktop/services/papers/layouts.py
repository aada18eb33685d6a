"""Layouts (版式) of certificates and cards: the office's own wins over the rule pack's."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.errors import ChangedMeanwhileError, UserError, words_of
from desktop.models.establishment import Establishment
from desktop.models.registration import Paper
from desktop.services.office.own_files import put, remove
from desktop.services.open_office import OpenOffice
from desktop.services.papers.printing_facts import registration_facts
from desktop.services.rights import Right, require, require_village
from desktop.storage.photographs import reencoded
from printing.layout import FACTS as FACTS  # the window knows layouts by this file and no other
from printing.layout import FIELDS as FIELDS
from printing.layout import LINE as LINE
from printing.layout import MAY_GO as MAY_GO
from printing.layout import PAPERS as PAPERS
from printing.layout import Layout as Layout
from printing.layout import Place as Place
from printing.layout import label_of as label_of

if TYPE_CHECKING:
    from printing.document import Document

TOPIC = "layouts"
_MOST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class OpenLayout:
    """A layout that is looked at or changed.

    ``fault`` says why the office's own file cannot be used; then the next one is shown. ``was`` is what
    saving compares, so that nobody's work is overwritten unseen.
    """

    title: str
    layout: Layout
    is_own: bool
    fault: str
    was: str
    scan: bytes


def begun_text(layout: Layout, was: str) -> str:
    """Return a layout that is not saved yet as a text for whoever goes on with it later."""
    from printing.layout_file import layout_text

    return json.dumps({"was": was, "layout": layout_text(layout)})


def read_begun(text: str, code: str, was: str) -> Layout | None:
    """Return the layout of such a text; ``None`` where the saved one was changed since, or none was begun."""
    from printing.layout_file import WrongLayout, parse_layout

    begun = json.loads(text or "{}")
    if begun.get("was") != was:
        return None
    try:
        return parse_layout(begun["layout"], f"{code}.toml", code)
    except WrongLayout:  # begun with a version of the program that knew other fields
        return None


class Layouts:
    """Where the fields of each paper stand; every change is in the trail."""

    def __init__(self, office: OpenOffice, fonts: Path) -> None:
        self.office = office
        self.fonts = fonts

    def open(self, code: str, *, by: Actor) -> OpenLayout:
        """Return the layout of a paper with the scan that lies under it."""
        require(by, Right.SEE)
        own, fault = self._own(code), ""
        try:
            layout = layout_of(self.office, code)
        except UserError as wrong:
            fault, layout = str(wrong), _beneath(self.office, code)
        return OpenLayout(
            title=_document(code).title,
            layout=layout,
            is_own=own is not None and own.is_file(),
            fault=fault,
            was=_digest(own),
            scan=self.scan(code, by=by),
        )

    def scan(self, code: str, *, by: Actor) -> bytes:
        """Return the scan of the official form of a paper; nothing where none was laid under."""
        require(by, Right.SEE)
        own = self.office.layouts.own
        file = own / _scan_name(code) if own is not None else None
        return file.read_bytes() if file is not None and file.is_file() else b""

    def save(self, layout: Layout, *, was: str, by: Actor) -> None:
        """Keep a layout as the office's own; one with a fault is refused, and so is one changed meanwhile."""
        from printing.layout_file import layout_text

        require(by, Right.LAYOUT)
        if faults := list(layout.faults()):
            raise UserError("版式不能这样保存：" + "；".join(map(str, faults)))
        content = layout_text(layout).encode()
        target = self._checked(layout.paper, was)
        with self.office.db.writing(self.office.act(by, "layout.save")) as session:
            changes = {"file_sha256": [was or None, sha256(content).hexdigest()]}
            session.trail.note("Layout", layout.paper, changes)
            session.trail.topics.add(TOPIC)
            # Last in the block: a file that cannot be written takes its line in the trail back with it.
            put(target, content)

    def restore(self, code: str, *, was: str, by: Actor) -> None:
        """Take the office's own layout away; papers are printed again as the rule pack has them."""
        require(by, Right.LAYOUT)
        target = self._checked(code, was)
        with self.office.db.writing(self.office.act(by, "layout.restore")) as session:
            session.trail.note("Layout", code, {"file_sha256": [was or None, None]})
            session.trail.topics.add(TOPIC)
            remove(target)

    def lay_under(self, code: str, data: bytes, *, by: Actor) -> None:
        """Keep a scan of the official form, drawn anew; it lies under the preview and is never printed."""
        require(by, Right.LAYOUT)
        picture = reencoded(data)
        target = self._folder() / _scan_name(code)
        with self.office.db.writing(self.office.act(by, "layout.scan")) as session:
            session.trail.note("Layout", code, {"scan_sha256": picture.sha256})
            session.trail.topics.add(TOPIC)
            put(target, picture.picture)

    def take_scan_away(self, code: str, *, by: Actor) -> None:
        """Remove the scan under a paper."""
        require(by, Right.LAYOUT)
        target = self._folder() / _scan_name(code)
        with self.office.db.writing(self.office.act(by, "layout.scan")) as session:
            session.trail.note("Layout", code, {"scan_sha256": None})
            session.trail.topics.add(TOPIC)
            remove(target)

    def draw(
        self,
        layout: Layout,
        target: Path,
        *,
        by: Actor,
        paper_id: int | None = None,
        onto_preprinted: bool = False,
    ) -> tuple[str, ...]:
        """Write a paper, or the sample, in a layout that need not be saved; return the facts in its lines.

        A look is not logged.
        """
        from printing.batch import print_batch  # ReportLab is slow to load
        from printing.errors import PrintError
        from printing.fonts import Faces

        require(by, Right.SEE)
        document = _laid_out(layout)
        facts = document.sample if paper_id is None else self._facts(layout.paper, paper_id, by)
        try:
            print_batch(document, [facts], target, Faces(self.fonts), onto_preprinted=onto_preprinted)
        except PrintError as wrong:
            raise UserError(str(wrong)) from wrong
        rows = facts.certificate.rows if layout.paper == "certificate_duplicate" else facts.rows
        return tuple(row.fact for row in rows if row.fact)

    def _facts(self, code: str, paper_id: int, by: Actor) -> Any:  # noqa: ANN401 - as its document has them
        """Return what a paper, or what is printed beside it, says of the holder of a paper."""
        with self.office.db.reading() as session:
            paper = session.get(Paper, paper_id)
            owner = session.get(Establishment, paper.establishment_id) if paper is not None else None
            if paper is None or owner is None:
                raise UserError(f"没有编号为 {paper_id} 的证卡，请刷新后再试")
            require_village(by, owner.village_id)
            if code not in BESIDE:
                return registration_facts(paper, self.office.profile)
            return _beside(session, self.office, by, code, owner)

    def calibration(self, sheet: str, target: Path, *, by: Actor) -> None:
        """Write the page of rulers for a sheet; it says nothing of the register and is not logged."""
        from printing.batch import print_batch
        from printing.documents.calibration import SHEETS, on_sheet
        from printing.errors import PrintError
        from printing.fonts import Faces

        require(by, Right.PRINT)
        if sheet not in SHEETS:
            raise UserError(f"没有“{sheet}”这种纸；可用：{'、'.join(SHEETS)}")
        document = on_sheet(SHEETS[sheet])
        try:
            print_batch(document, [document.sample], target, Faces(self.fonts))
        except PrintError as wrong:
            raise UserError(str(wrong)) from wrong

    def _folder(self) -> Path:
        if self.office.layouts.own is None:
            raise UserError("这里没有单位的版式文件夹，存不了版式")
        return self.office.layouts.own

    def _own(self, code: str) -> Path | None:
        own = self.office.layouts.own
        return own / f"{code}.toml" if own is not None else None

    def _checked(self, code: str, was: str) -> Path:
        target = self._folder() / f"{code}.toml"
        if _digest(target) != was:
            raise ChangedMeanwhileError(f"{target.name} 刚被别人改过；请刷新后在新的版式上再改")
        return target


BESIDE = ("card_small", "certificate_duplicate", "display_sheet")
"""What is printed beside a certificate or card, in words of its own."""


def _beside(session: Session, office: OpenOffice, by: Actor, code: str, owner: Establishment) -> object:
    from desktop.services.papers.copies import SOURCES  # which is printed in layouts in its turn
    from desktop.services.papers.print_orders import Wanted
    from desktop.services.papers.sources import Made, Reading

    reading = Reading(session, office, by, Wanted(code, ids=(owner.id,)))
    (made,) = SOURCES[code].make(reading, (owner,))
    if not isinstance(made, Made):
        raise UserError(made.reason)
    return made.facts


def layout_of(office: OpenOffice, code: str) -> Layout:
    """Return the layout that a paper is printed in; a broken file is refused, never passed over."""
    for path in _files(office, code):
        return _read(path, code)
    return _standard(code)


def document_of(office: OpenOffice, code: str) -> "Document[Any]":
    """Return a paper in the layout that it is printed in."""
    return _laid_out(layout_of(office, code))


def _files(office: OpenOffice, code: str) -> Iterator[Path]:
    for folder in (office.layouts.own, office.layouts.shipped):
        if folder is not None and (folder / f"{code}.toml").is_file():
            yield folder / f"{code}.toml"


def _beneath(office: OpenOffice, code: str) -> Layout:
    """Return the layout below the office's own."""
    for path in _files(office, code):
        if path.parent == office.layouts.shipped:
            return _read(path, code)
    return _standard(code)


def _read(path: Path, code: str) -> Layout:
    from printing.layout_file import WrongLayout, parse_layout

    try:
        content = path.read_bytes()
        if len(content) > _MOST_BYTES:
            raise UserError(f"{path.name} 太大，不像版式文件；请在“版式”里恢复原样")
        return parse_layout(content.decode("utf-8-sig"), path.name, code)
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        raise UserError(f"{path.name} 第 {line} 行不是 UTF-8，请另存为 UTF-8 编码") from wrong
    except WrongLayout as wrong:
        raise UserError(f"版式文件有错：{wrong}") from wrong
    except OSError as failed:
        raise UserError(f"版式文件 {path.name} 读不出来（{words_of(failed)}）") from failed


def _standard(code: str) -> Layout:
    from printing.layout_file import standard

    return standard(code)


def _document(code: str) -> "Document[Any]":
    from printing.catalogue import documents

    if code not in PAPERS:
        raise UserError(f"“{code}”没有可改的版式；可改：{'、'.join(PAPERS)}")
    return documents()[code]


def _laid_out(layout: Layout) -> "Document[Any]":
    document = _document(layout.paper)
    assert document.laid_out is not None  # every paper of PAPERS is made by its layout
    return document.laid_out(layout)


def _scan_name(code: str) -> str:
    return f"{code}.scan.jpg"


def _digest(path: Path | None) -> str:
    return sha256(path.read_bytes()).hexdigest() if path is not None and path.is_file() else ""

"""A canvas that writes each page to its file when it is full: many cards need no more memory than a few."""

from array import array
from pathlib import Path
from typing import Any, BinaryIO

from reportlab.pdfbase.pdfdoc import (
    PDFDocument,
    PDFFile,
    PDFIndirectObject,
    PDFObjectReference,
    PDFPage,
    PDFTrailer,
)
from reportlab.pdfgen.canvas import Canvas


class FlatDocument(PDFDocument):  # type: ignore[misc]  # ReportLab has no types
    """ReportLab's document, except that a page and its contents are written at once and then forgotten.

    ReportLab keeps every page, as the words it was drawn with, until it saves them all: 16 KB for a card.
    """

    _file: BinaryIO
    _offsets: "array[int]"

    def begin(self, file: BinaryIO) -> None:
        """Write the head of the file; pages follow as they are added."""
        self._file = file
        self._offsets = array("Q", [0])
        file.write(PDFFile(self._pdfVersion).format(self))

    def addPage(self, page: PDFPage) -> None:  # noqa: N802 - ReportLab's name
        name = self.thisPageName()
        super().addPage(page)
        self.Pages.pages[-1] = PDFObjectReference(name).format(self)
        self._write(name)
        contents = page.Contents.__InternalName__  # an object since its page was written
        self._write(contents)
        for gone in (name, contents):
            number, _ = self.idToObjectNumberAndVersion.pop(gone)
            del self.idToObject[gone], self.numberToId[number]

    def format(self) -> bytes:
        """Write what is not in the file yet, and the table of it all; nothing is left to return."""
        self.Reference(self.Catalog)
        self.Reference(self.info)
        number = 0
        while (number := number + 1) <= self.objectcounter:  # writing one object may add others
            if number in self.numberToId:
                self._write(self.numberToId[number])
        begins = self._file.tell()
        self._file.write(b"xref\n0 %d\n0000000000 65535 f \n" % len(self._offsets))
        self._file.writelines(b"%010d 00000 n \n" % offset for offset in self._offsets[1:])
        trailer = PDFTrailer(
            startxref=begins,
            Size=len(self._offsets),
            Root=self.Reference(self.Catalog),
            Info=self.Reference(self.info),
            ID=self.ID(),
        )
        self._file.write(trailer.format(self))
        return b""

    def _write(self, name: str) -> None:
        number, _ = self.idToObjectNumberAndVersion[name]
        self._offsets.extend([0] * (number + 1 - len(self._offsets)))
        self._offsets[number] = self._file.tell()
        self._file.write(PDFIndirectObject(name, self.idToObject[name]).format(self))


class FlatCanvas(Canvas):  # type: ignore[misc]  # ReportLab has no types
    """A canvas on a file; ``save`` writes the end, ``close`` lets go of it."""

    def __init__(self, path: Path, **settings: Any) -> None:  # noqa: ANN401 - as ReportLab takes them
        super().__init__(str(path), **settings)
        self._flat_file = path.open("wb")
        # A canvas makes its document itself, before anything can be said about it.
        self._doc.__class__ = FlatDocument
        self._doc.begin(self._flat_file)

    def save(self) -> None:
        """Write the last page and the end of the file."""
        if self._code:
            self.showPage()
        self._doc.GetPDFData(self)

    def close(self) -> None:
        """Let go of the file, saved or not."""
        self._flat_file.close()

"""A canvas that writes each page to its file when it is full: many cards need no more memory than a few."""

from pathlib import Path
from typing import Any, BinaryIO

from reportlab.pdfbase.pdfdoc import (
    PDFCrossReferenceTable,
    PDFDocument,
    PDFFile,
    PDFIndirectObject,
    PDFObjectReference,
    PDFPage,
    PDFTrailer,
)
from reportlab.pdfgen.canvas import Canvas


class _Written:
    """Stands where an object stood that lies in the file already."""


_WRITTEN = _Written()


class FlatDocument(PDFDocument):  # type: ignore[misc]  # ReportLab has no types
    """ReportLab's document, except that a page and its contents are written at once and then forgotten.

    ReportLab keeps every page, as the words it was drawn with, until it saves them all: 16 KB for a card.
    """

    _file: BinaryIO

    def begin(self, file: BinaryIO) -> None:
        """Write the head of the file; pages follow as they are added."""
        self._file = file
        file.write(PDFFile(self._pdfVersion).format(self))

    def addPage(self, page: PDFPage) -> None:  # noqa: N802 - ReportLab's name
        name = self.thisPageName()
        super().addPage(page)
        self._write(name)
        # Writing the page has made an object of its contents; nobody asks for either any more.
        contents = page.Contents.__InternalName__
        self._write(contents)
        self.idToObject[name] = self.idToObject[contents] = _WRITTEN
        self.Pages.pages[-1] = PDFObjectReference(name)

    def format(self) -> bytes:
        """Write what is not in the file yet, and the table of it all; nothing is left to return."""
        self.Reference(self.Catalog)
        self.Reference(self.info)
        number = 0
        names = []
        while (number := number + 1) in self.numberToId:  # writing one object may add others
            name = self.numberToId[number]
            if name not in self.idToOffset:
                self._write(name)
            names.append(name)
        table = PDFCrossReferenceTable()
        table.addsection(0, names)
        begins = self._file.tell()
        self._file.write(table.format(self))
        trailer = PDFTrailer(
            startxref=begins,
            Size=len(names) + 1,
            Root=self.Reference(self.Catalog),
            Info=self.Reference(self.info),
            ID=self.ID(),
        )
        self._file.write(trailer.format(self))
        return b""

    def _write(self, name: str) -> None:
        self.idToOffset[name] = self._file.tell()
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

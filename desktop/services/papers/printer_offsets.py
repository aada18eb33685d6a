"""How far each printer of a desk is off (套打偏移), paper by paper, whoever prints."""

from collections.abc import Mapping

from sqlalchemy import select

from desktop.domain.act import Actor
from desktop.errors import UserError
from desktop.models.office import PrinterOffset
from desktop.services.open_office import OpenOffice
from desktop.services.papers.layouts import document_of
from desktop.services.rights import Right, require

Millimetres = tuple[float, float]
"""To the right and down."""

LONGEST_NAME = 100


class PrinterOffsets:
    """The offsets of the desk at which somebody sits."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def here(self, *, by: Actor) -> Mapping[tuple[str, str], Millimetres]:
        """Return the offsets of this desk by printer and paper."""
        require(by, Right.SEE)
        query = select(PrinterOffset).where(PrinterOffset.desk == by.desk)
        with self.office.db.reading() as session:
            return {
                (one.printer, one.paper): (one.right_tenths / 10, one.down_tenths / 10)
                for one in session.scalars(query)
            }

    def keep(self, printer: str, paper: str, offset_mm: Millimetres, *, by: Actor) -> None:
        """Keep an offset; one that pushes anything off the sheet is refused."""
        require(by, Right.PRINT)
        printer = printer.strip()
        if len(printer) > LONGEST_NAME:
            raise UserError(f"打印机名称最多 {LONGEST_NAME} 个字，请写短些")
        self._refuse_beyond(paper, offset_mm)
        right, down = (round(part * 10) for part in offset_mm)
        query = select(PrinterOffset).where(
            PrinterOffset.desk == by.desk, PrinterOffset.printer == printer, PrinterOffset.paper == paper
        )
        with self.office.db.writing(self.office.act(by, "printer_offset.keep")) as session:
            known = session.scalar(query.with_for_update())
            if known is not None:
                known.right_tenths, known.down_tenths = right, down
            else:
                session.add(
                    PrinterOffset(
                        desk=by.desk, printer=printer, paper=paper, right_tenths=right, down_tenths=down
                    )
                )

    def _refuse_beyond(self, paper: str, offset_mm: Millimetres) -> None:
        from printing.batch import imposition_of  # ReportLab is slow to load
        from printing.errors import PrintError

        try:
            imposition_of(document_of(self.office, paper), 1, offset_mm, onto_preprinted=True)
        except PrintError as wrong:
            raise UserError(str(wrong)) from wrong

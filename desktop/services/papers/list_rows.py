"""Rows that cannot stand on a list: named with their record, and below a list that goes on without them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.services.papers.print_orders import RefusedPaper
from desktop.services.papers.sources import About, Made

if TYPE_CHECKING:
    from printing.document import Document
    from printing.fonts import Faces


def keep_back_rows(
    document: "Document[Any]", made: Sequence[Made], fonts: Path
) -> tuple[list[Made], list[RefusedPaper]]:
    """Return lists without the rows that no font or no cell can hold, and why each of those was kept back.

    A list of which no row is left is gone: there is nothing that it could say.
    """
    from printing.fonts import Faces

    if document.set_row is None:
        return list(made), []
    faces = Faces(fonts)
    kept: list[Made] = []
    refused: list[RefusedPaper] = []
    for one in made:
        facts: Any = one.facts
        bad = document.refused_rows(facts, faces, len(facts.rows))
        names = {index: _name(one.abouts[index], faces) for index in bad}
        refused += [
            RefusedPaper(
                id=one.abouts[index].establishment_id,
                number=one.abouts[index].archive_number,
                code=str(reason.code),
                reason=f"{names[index]}：{reason.sentence}",
                characters=tuple(reason.characters),
            )
            for index, reasons in bad.items()
            for reason in reasons
        ]
        if not bad:
            kept.append(one)
        elif len(bad) < len(facts.rows):
            rows = tuple(row for index, row in enumerate(facts.rows) if index not in bad)
            kept.append(replace(one, facts=replace(facts, rows=rows, left_out=tuple(names.values()))))
    return kept, refused


def _name(about: About, faces: "Faces") -> str:
    from printing.left_out import named

    return f"{about.archive_number} {named(about.title, faces)}"

"""Takes one workbook in, or writes one, in a process of its own, and says what that cost.

Each work reads only the code that it needs, as the program does: the memory of the other is not its own.
"""

import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from shutil import copyfile
from time import perf_counter, process_time
from uuid import uuid4

from tests.bench.memory import peak_mb
from tests.offices import TestOffice, open_made_office


def import_ledger(register: Path, ledger: Path, folder: Path) -> None:
    """Take a ledger into a copy of a register: read, mapped, checked, compared, written and committed."""
    from desktop.services.imports.imports import Imports
    from desktop.services.survey.surveys import Surveys

    desk = open_made_office(Path(copyfile(register, folder / "register.db")))
    imports = Imports(desk.office, Surveys(desk.office), uuid4)
    started, processor = perf_counter(), process_time()
    answer = imports.take_in([ledger], by=desk.clerk)
    clock = perf_counter() - started
    if not answer.imported:
        raise SystemExit(f"not taken in: {answer.files[0].problems[:3]}")
    _close(desk)
    children = getrusage(RUSAGE_CHILDREN)  # the process that read it belongs to the price
    print(clock, process_time() - processor + children.ru_utime + children.ru_stime, peak_mb())


def export_survey(register: Path, target: Path, folder: Path) -> None:
    """Write the survey tables of all trades out of a copy of a register."""
    from desktop.services.tables.tables import Tables

    desk = open_made_office(Path(copyfile(register, folder / "register.db")))
    started, processor = perf_counter(), process_time()
    Tables(desk.office).export("survey", target, by=desk.clerk, is_internal=True, reason="bench")
    print(perf_counter() - started, process_time() - processor, peak_mb())
    _close(desk)


def _close(desk: TestOffice) -> None:
    desk.office.workbooks.stop()
    desk.office.db.close()


if __name__ == "__main__":
    works = {"import": import_ledger, "export": export_survey}
    works[sys.argv[1]](*map(Path, sys.argv[2:]))

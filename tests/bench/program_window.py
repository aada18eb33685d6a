"""The program's window on a large register, its code read as the program reads it."""

import sys
from pathlib import Path

from desktop.reading_code import undisturbed

if __name__ == "__main__":
    with undisturbed():
        from tests.bench.office_visit import visit_office

    visit_office(Path(sys.argv[1]))

"""Writes told cells with openpyxl's write-only mode, without any look; runs in an environment of its own."""

import pickle
import sys
from pathlib import Path
from time import perf_counter, process_time

from openpyxl import Workbook

if __name__ == "__main__":
    sheets = pickle.loads(Path(sys.argv[1]).read_bytes())
    started, processor = perf_counter(), process_time()
    workbook = Workbook(write_only=True)
    for name, rows in sheets:
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(sys.argv[2])
    print(perf_counter() - started, process_time() - processor)

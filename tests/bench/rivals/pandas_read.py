"""Reads one workbook with pandas and openpyxl and does nothing with it; has an environment of its own."""

import sys
from time import perf_counter, process_time

import pandas

if __name__ == "__main__":
    started, processor = perf_counter(), process_time()
    pandas.read_excel(sys.argv[1], sheet_name=None, header=None, engine="openpyxl")
    print(perf_counter() - started, process_time() - processor)

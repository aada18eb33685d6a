"""The process that reads what others sent: it knows cells and nothing else, works under limits, may die.

Run as ``python -m desktop.sheets.reading_child``. Orders come in on standard input, answers go out on
standard output, both pickled; the other side is ``untrusted.py``. It ends when there are no more orders.
"""

import gc
import os
import pickle
import sys
from contextlib import suppress

from desktop.errors import UserError
from desktop.sheets.cells import SheetCells
from desktop.sheets.opening import open_workbook
from desktop.sheets.reading_orders import NO_MEMORY, FillOrder, Limits, MarkOrder, Order, Refusal


def main() -> None:
    """Carry out orders until there are none."""
    gc.disable()  # what is read holds no circles, and looking for them takes a third of the time
    gc.freeze()
    orders, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library that prints must not spoil an answer
    with suppress(EOFError):
        while True:
            order: Order = pickle.load(orders)
            try:
                limit(order.limits)
                pickle.dump(_answer(order), answers, protocol=5)
                answers.flush()
            except MemoryError:  # the answer may have been cut off: whoever waits is told by the code
                os._exit(NO_MEMORY)
            del order
            gc.collect()  # now nobody waits


def _answer(order: Order) -> tuple[SheetCells, ...] | bytes | Refusal:
    try:
        return _carried_out(order)
    except UserError as refused:
        return Refusal(sentence=str(refused))
    except MemoryError:
        raise
    except Exception as mistake:  # a file that breaks what reads it is broken; the log learns where
        return Refusal(mistake=_place_of(mistake))


def _carried_out(order: Order) -> tuple[SheetCells, ...] | bytes:
    if isinstance(order, MarkOrder):
        from desktop.sheets.marking import marked_copy

        return marked_copy(order.content, order.file, order.marks, order.header_rows)
    if isinstance(order, FillOrder):
        from desktop.sheets.filling import filled_copy

        return filled_copy(order.content, order.file, order.fills)
    return open_workbook(order.content, order.file)


def _place_of(mistake: Exception) -> str:
    """Say what went wrong and where, without a value of any cell."""
    trace, place = mistake.__traceback__, ""
    while trace is not None:
        place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(mistake).__name__} at {place}"


def limit(limits: Limits) -> None:
    """Lend this process so much memory and processor time, where the system can hold it to that."""
    try:
        import resource
    except ImportError:  # Windows: a job holds the memory, whoever waits ends it when its time is over
        from desktop.sheets.windows_job import own_job

        if job := own_job():
            job.lend(limits.memory_mb)
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + limits.seconds
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_mb * 2**20),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hardest = resource.getrlimit(kind)
        lent = most if hardest == resource.RLIM_INFINITY else min(most, hardest)
        resource.setrlimit(kind, (lent, hardest))


if __name__ == "__main__":
    main()

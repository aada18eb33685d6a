"""The one way in for workbooks that others made: a child process reads them under limits.

Whatever a file does to the code that reads it, it does to a process that holds nothing. The child is kept
for the next file, because starting it takes longer than reading a village's ledger.
"""

import logging
import os
import pickle
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from threading import Lock, Timer
from typing import IO, TYPE_CHECKING, Any
from weakref import finalize

from desktop.errors import EnvironmentFailedError, UserError, words_of
from desktop.sheets.cells import Area, SheetCells
from desktop.sheets.reading_orders import NO_MEMORY, FillOrder, Limits, MarkOrder, Order, ReadOrder, Refusal
from desktop.sheets.refusals import broken, check_file

if TYPE_CHECKING:
    from subprocess import Popen

    from desktop.sheets.marking import Mark
    from desktop.sheets.splicing import Fill

_KEPT_UP_TO = 2 * 2**20
"""After a larger file the child is let go: it would keep the memory."""

_HANDED_OVER = frozenset(
    {
        # What Python and the temporary folder want on Linux, then on Windows; all else may be a secret.
        "PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONUTF8",
        "SYSTEMROOT", "WINDIR", "SYSTEMDRIVE", "COMSPEC", "PATHEXT", "TEMP", "TMP",
    }
)  # fmt: skip

_ABORTED_ON_WINDOWS = frozenset({3, 0xC0000409, 0xC0000017})
"""How a library that is not Python ends there when it gets no more memory: abort, fast fail, no memory."""

_MAY_COME_BACK = {
    (one.__module__, one.__qualname__): one
    for one in (SheetCells, Area, Refusal, date, datetime, time, timedelta)
}
_log = logging.getLogger(__name__)


def limits_for(size: int, *, times: int = 1) -> Limits:
    """Return what a file of so many bytes may cost: more than a full ledger of its size does."""
    megabytes = times * size // 2**20
    return Limits(memory_mb=512 + 48 * megabytes, seconds=20 + 4 * megabytes)


def file_content(path: Path) -> bytes:
    """Return the bytes of a workbook; what is too large or no workbook is refused before it is read."""
    check_file(path.name, path.stat().st_size)
    return path.read_bytes()


class WorkbookReader:
    """Reads workbooks in a child process that is started for the first of them."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits
        self._turn = Lock()
        self._child: Popen[bytes] | None = None
        self._let_go: finalize[..., WorkbookReader] | None = None

    def sheets(self, content: bytes, file: str) -> tuple[SheetCells, ...]:
        """Return all sheets of a workbook; ``file`` is its name, for the ending and for sentences."""
        check_file(file, len(content))
        answer = self._ask(ReadOrder(content, file, self._limits or limits_for(len(content))))
        return tuple(answer)

    def marked(
        self, content: bytes, file: str, marks: Sequence["Mark"], header_rows: Mapping[str, int]
    ) -> bytes:
        """Return a copy of the workbook with each problem marked in its cell."""
        check_file(file, len(content))
        # The copy keeps the looks and notes of every cell: much more than the cells alone.
        limits = limits_for(len(content), times=4)
        answer = self._ask(MarkOrder(content, file, self._limits or limits, marks, header_rows))
        return bytes(answer)

    def filled(self, content: bytes, file: str, fills: Sequence["Fill"]) -> bytes:
        """Return a copy of the workbook with values in its empty cells, and all else as it was."""
        check_file(file, len(content))
        limits = limits_for(len(content), times=4)
        return bytes(self._ask(FillOrder(content, file, self._limits or limits, fills)))

    def stop(self) -> None:
        """Let go of the child; the next workbook starts another."""
        with self._turn:
            self._stop()

    def _ask(self, order: Order) -> Any:  # noqa: ANN401 - what each order answers is known to who asks
        with self._turn:
            answer = self._answer(order)
            if len(order.content) > _KEPT_UP_TO:
                self._stop()
        if isinstance(answer, Refusal):
            if answer.sentence:
                raise UserError(answer.sentence)
            _log.warning("a workbook broke what reads it: %s", answer.mistake)
            raise broken(order.file)
        return answer

    def _answer(self, order: Order) -> Any:  # noqa: ANN401 - see above
        child = self._running()
        assert child.stdin is not None
        assert child.stdout is not None
        late = Timer(order.limits.seconds, child.kill)
        late.daemon = True
        late.start()
        try:
            pickle.dump(order, child.stdin, protocol=5)
            child.stdin.flush()
            return _AnswerReader(child.stdout).load()
        except Exception as died:  # a spoilt answer may raise anything, and its child reads no more files
            is_cut = isinstance(died, (EOFError, OSError, pickle.UnpicklingError))
            code = _ended(child) if is_cut else None
            is_late = not late.is_alive()
            self._stop()
            raise _refusal(order, code, is_late=is_late) from died
        finally:
            late.cancel()

    def _running(self) -> "Popen[bytes]":
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._stop()
        self._child = _started()
        self._let_go = finalize(self, _end, self._child)
        return self._child

    def _stop(self) -> None:
        if self._let_go is not None:
            self._let_go()
        self._child = self._let_go = None


class _AnswerReader(pickle.Unpickler):
    """Reads an answer: cells, dates and refusals; the child cannot make anything else here."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(stream)

    def find_class(self, module: str, name: str) -> object:
        known = _MAY_COME_BACK.get((module, name))
        if known is None:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return known


def _started() -> "Popen[bytes]":
    """Start the child: with the code that this process runs, without its settings and working folder."""
    import subprocess
    from subprocess import DEVNULL, PIPE, Popen

    home = str(Path(__file__).parents[2])
    if getattr(sys, "frozen", False):
        # There the executable is the program itself, which would open a second window.
        raise EnvironmentFailedError(
            f"{sys.executable} 这样打包的程序里没有读表格的进程，不能导入表格；请换用正式的安装包"
        )
    environment = {name: value for name, value in os.environ.items() if name.upper() in _HANDED_OVER}
    environment["PYTHONPATH"] = os.pathsep.join([home, *filter(None, sys.path)])
    try:
        return Popen(
            # Neither the working folder nor what site would look for: villages' files may lie in the one,
            # and the other takes as long as all the rest.
            [sys.executable, "-P", "-S", "-m", "desktop.sheets.reading_child"],
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            env=environment,
            # on Windows a console would flash up beside the window
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as failed:
        raise EnvironmentFailedError(
            f"读表格的进程没能启动（{words_of(failed)}）；请关掉一些程序再试"
        ) from failed


def _ended(child: "Popen[bytes]") -> int | None:
    """Return how a child ended that has fallen silent; ``None`` for one that lives and talks nonsense."""
    from subprocess import TimeoutExpired

    try:
        return child.wait(timeout=2)
    except TimeoutExpired:
        return None


def _end(child: "Popen[bytes]") -> None:
    child.kill()
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()
    child.wait()


def _refusal(order: Order, code: int | None, *, is_late: bool) -> UserError:
    """Say why a child did not answer, by how it ended."""
    from signal import Signals

    file, limits = order.file, order.limits
    signal = Signals(-code).name if code is not None and code < 0 else ""
    _log.warning("the process that read a workbook ended with %s", signal or code)
    if signal == "SIGXCPU" or is_late:
        return UserError(f"{file} 读了 {limits.seconds} 秒还没有读完，没有导入；请拆成几个文件再导入")
    if code == NO_MEMORY or signal in {"SIGABRT", "SIGKILL"} or code in _ABORTED_ON_WINDOWS:
        return UserError(f"读 {file} 用的内存超过了 {limits.memory_mb} MB，没有导入；请拆成几个文件再导入")
    return broken(file)

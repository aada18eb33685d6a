"""The command line; no verb opens the window."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop.clock import Clock, SystemClock, WorkingDayClock
from desktop.commands.parser import read_arguments
from desktop.commands.verbs import Arguments, day, say
from desktop.errors import EnvironmentFailedError, UserError
from desktop.paths import DataFolder, default_data_folder
from desktop.reading_code import undisturbed


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code: 0 done, 1 refused, 2 misused, 3 the environment failed."""
    _speak_utf8()
    chosen = Arguments(data=None)
    try:
        chosen = read_arguments(sys.argv[1:] if arguments is None else arguments)
        code = _run(chosen)
        sys.stdout.flush()  # now, where a reader who has gone can still be met
        return code
    except EnvironmentFailedError as failed:
        print(failed, file=sys.stderr)
        return 3
    except UserError as refused:
        print(refused, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已中断，没有完成的都没有写入", file=sys.stderr)
        return 1
    except BrokenPipeError:  # who reads our output stopped reading: nothing is wrong with the disk
        _throw_away_what_is_left()
        return 0
    except OSError as failed:
        print(f"读写文件出错（{failed}）；请检查磁盘和权限后再试", file=sys.stderr)
        return 3
    except Exception as mistake:  # ours, not theirs: the person gets a sentence, the log gets the rest
        _write_down(mistake, _data_folder(chosen).logs)
        print("程序出了差错，这一步没有做完；详情已记入日志，请转给维护人员", file=sys.stderr)
        return 3


def _run(chosen: Arguments) -> int:
    with undisturbed():
        from desktop.app import program_for

    clock: Clock = WorkingDayClock(day(chosen.today)) if chosen.today is not None else SystemClock()
    if "" in (chosen.data, chosen.database):
        raise UserError("--data 和 --database 后面不能是空的；不写这个选项，就用默认的数据文件夹")
    program = program_for(
        data=_data_folder(chosen).root,
        database_url=chosen.database or os.environ.get("SANXIAO_DATABASE") or None,
        clock=clock,
    )
    if chosen.does is None:
        from desktop.screen import refuse_without_screen

        refuse_without_screen()
        with undisturbed():
            from desktop.window import run_window

        return run_window(program)
    try:
        return say(chosen.does(program, chosen), wants_json=chosen.json)
    finally:
        program.close()


def _data_folder(chosen: Arguments) -> DataFolder:
    return DataFolder(Path(chosen.data) if chosen.data is not None else default_data_folder())


def _write_down(mistake: Exception, folder: Path) -> None:
    import logging

    from desktop.log import start_log, stop_log

    handler = start_log(folder)
    logging.getLogger(__name__).error("a verb failed", exc_info=mistake)
    stop_log(handler)


def _throw_away_what_is_left() -> None:
    """Lead what Python still writes at its end to where nobody reads it, or it would complain there."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8() -> None:
    """Write Chinese wherever we are started: a console may still be set to another encoding."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())

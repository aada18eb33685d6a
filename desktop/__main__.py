"""The command line; no verb opens the window."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop.clock import Clock, SystemClock, WorkingDayClock
from desktop.commands.parser import make_parser
from desktop.commands.verbs import Arguments, day, say
from desktop.errors import EnvironmentFailedError, UserError
from desktop.paths import default_data_folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code: 0 done, 1 refused, 2 misused, 3 the environment failed."""
    _speak_utf8()
    parser = make_parser()
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        chosen = parser.parse_args(given)
    except UserError as refused:
        print(refused, file=sys.stderr)
        return 1
    try:
        return _run(chosen)
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
        sys.stderr.close()
        return 0
    except OSError as failed:
        print(f"读写文件出错（{failed}）；请检查磁盘和权限后再试", file=sys.stderr)
        return 3


def _run(chosen: Arguments) -> int:
    from desktop.app import program_for

    clock: Clock = WorkingDayClock(day(chosen.today)) if chosen.today else SystemClock()
    program = program_for(
        data=Path(chosen.data) if chosen.data else default_data_folder(),
        database_url=chosen.database or os.environ.get("SANXIAO_DATABASE") or None,
        clock=clock,
    )
    if chosen.does is None:
        from desktop.screen import refuse_without_screen

        refuse_without_screen()
        from desktop.window import run_window

        return run_window(program)
    return say(chosen.does(program, chosen), wants_json=chosen.json)


def _speak_utf8() -> None:
    """Write Chinese wherever we are started: a console may still be set to another encoding."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())

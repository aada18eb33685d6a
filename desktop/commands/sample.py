"""The verb demo: a sample township, made anew each time, in the window or without one."""

import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.commands.verbs import Answer, Arguments, Verbs, add_verb, whole_number
from desktop.errors import EnvironmentFailedError, UserError, words_of
from desktop.reading_code import undisturbed
from desktop.screen import refuse_without_screen

if TYPE_CHECKING:
    from desktop.app import Program


def add_to(verbs: Verbs) -> None:
    """Add the verb of this subject."""
    demo = add_verb(verbs, "demo", _demo, "建一个示例乡镇并打开（示例数据）")
    demo.add_argument("--establishments", default="120", metavar="N", help="户数")
    demo.add_argument("--seed", default="1", metavar="S", help="随机种子；同样的种子得到同样的示例")
    demo.add_argument("--headless", action="store_true", help="不开窗口，把整套工作走一遍")
    demo.add_argument("--out", metavar="DIR", help="证卡、表格和窗口图片放在哪里")


def _demo(program: "Program", chosen: Arguments) -> Answer:
    count = whole_number(chosen.establishments, "--establishments", least=1)
    seed = whole_number(chosen.seed, "--seed")
    if not chosen.headless:
        refuse_without_screen()
    folder = _fresh_folder(program.data.root / "sample")
    sample = program.sample_in(
        folder,
        password=secrets.token_urlsafe(16),  # lives only in this run: nobody can sign in with it later
        has_chosen_day=chosen.today is not None,
        count=count,
        seed=seed,
    )
    if not chosen.headless:
        with undisturbed():
            from desktop.window import run_window

        run_window(sample, signed_in=sample.actor)
        return Answer({"data": folder, "out": "", "files": [], "counts": {}}, "")
    out = Path(chosen.out) if chosen.out is not None else folder / "out"
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as failed:
        raise EnvironmentFailedError(f"文件夹 {out} 建不起来（{words_of(failed)}），请另指一处") from failed
    try:
        done = sample.work_through(out)
        pictures = _pictures(sample, out)
    finally:
        sample.close()
    files = (*done.files, *pictures)
    counts = {**done.counts, "pictures": len(pictures)}
    answer = {"data": folder, "out": out, "files": files, "counts": counts}
    lines = ["示例乡镇走完了一轮工作，结果在：", *(f"  {path}" for path in files)]
    return Answer(answer, "\n".join(lines))


def _pictures(sample: "Program", out: Path) -> tuple[Path, ...]:
    try:
        from desktop.window import window_pictures
    except ImportError as failed:  # Qt is there, but a library of the system that it needs is not
        raise EnvironmentFailedError(
            f"证卡和表格在 {out}，窗口图片画不出来：系统缺少 Qt 要用的库（{failed}），请先运行 make setup"
        ) from failed
    return window_pictures(sample, out / "窗口")


def _fresh_folder(folder: Path) -> Path:
    """Empty the sample's own folder; a folder that holds anything but a sample is left alone."""
    mark = folder / "示例数据.txt"
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        raise UserError(f"{folder} 里有别的东西，没有动它；请用 --data 另指一个文件夹放示例")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    mark.write_text("这个文件夹里是示例数据，每次运行示例都会重建，请不要放真实资料。\n", encoding="utf-8")
    return folder

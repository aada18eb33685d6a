"""Draws every page of the window and every paper of a sample township: ``make pictures``."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import Program, program_for
from desktop.views.kit.theme import Theme
from desktop.views.pictures import picture
from desktop.window import settle
from printing.batch import print_batch
from printing.catalogue import documents
from printing.fonts import Faces
from printing.preview import Preview
from tests.picture_scenes import SCENES, Scene, welcomes
from tests.picture_stage import Stage

WIDTH, HEIGHT = 1366, 768
ZOOM = 1.5
ESTABLISHMENTS, SEED = 120, 1
PASSWORD = "only-for-pictures"
DPI = 80
COLOURS, EXACT = 256, 64
SEVERAL = (("card", 4),)


@dataclass(slots=True)
class PictureClock:
    """Moments go on by a second at each look, so that a picture is the same on every day."""

    moment: datetime = field(default=datetime(2018, 6, 8, 1, 0, tzinfo=UTC))

    def today(self) -> date:
        return self.moment.date()

    def now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


def main(arguments: Sequence[str]) -> int:
    """Draw into the folder that is named; names of scenes after it draw only those."""
    folder, only = Path(arguments[0]).resolve(), arguments[1:]
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["TZ"] = "Asia/Shanghai"
    time.tzset()
    app = QApplication(sys.argv[:1])
    app.setCursorFlashTime(0)
    here = Path.cwd()
    with TemporaryDirectory() as place:
        # The page of printing names the folder of the data: a short one, the same on every machine.
        os.chdir(place)
        try:
            program = _sample()
            _draw_papers(program, folder, only)
            _draw_window(app, program, folder, only)
        finally:
            os.chdir(here)
    return 0


def _sample() -> Program:
    """Return the program on a sample township that is the same each time."""
    program = program_for(data=Path("示例"), database_url=None, clock=PictureClock())
    program = replace(program, new_secret=lambda: bytes(range(32)))
    return program.sample_in(
        Path("示例"), password=PASSWORD, has_chosen_day=False, count=ESTABLISHMENTS, seed=SEED
    )


def _draw_window(app: QApplication, program: Program, folder: Path, only: Sequence[str]) -> None:
    theme = Theme(fonts=program.assets.fonts, icons=program.assets.icons)
    theme.apply(app)
    stage = Stage(program, theme)
    stage.settle()
    for scene in SCENES:
        if only and scene.name not in only:
            continue
        for look in _looks(theme):
            _draw_scene(stage, scene, folder / f"{scene.name}{look}.png")
    for name, welcome in welcomes(stage).items():
        if not only or name in only:
            for look in _looks(theme):
                settle(welcome, stage.jobs)
                _draw(welcome, folder / f"{name}{look}.png")
            welcome.close()
    stage.close()


def _looks(theme: Theme) -> Iterator[str]:
    """Put the window into each of its looks: as it comes, larger, in the dark."""
    yield ""
    theme.set_zoom(ZOOM)
    yield "-150"
    theme.zoom_reset()
    theme.set_dark(True)
    yield "-dark"
    theme.set_dark(False)


def _draw_scene(stage: Stage, scene: Scene, path: Path) -> None:
    scene.set_up(stage)
    stage.settle()
    _draw(stage.window, path)
    if scene.leave is not None:
        scene.leave(stage)
        stage.settle()


def _draw(widget: QWidget, path: Path) -> None:
    picture(widget, path, WIDTH, HEIGHT)
    _shrink(path.read_bytes(), path)


def _draw_papers(program: Program, folder: Path, only: Sequence[str]) -> None:
    faces = Faces(program.assets.fonts)
    found = documents()
    wanted = [(code, 1) for code in found] + [(code, count) for code, count in SEVERAL if code in found]
    for code, per_page in wanted:
        name = f"paper-{code}" + (f"-{per_page}-up" if per_page > 1 else "")
        if only and name not in only:
            continue
        file, document = Path(f"{name}.pdf"), found[code]
        print_batch(document, [document.sample] * per_page, file, faces, per_page=per_page)
        with Preview(file) as pages:
            _shrink(pages.png(0, DPI), folder / f"{name}.png")


def _shrink(png: bytes, path: Path) -> None:
    """Keep 256 colours: the commonest exactly as they are, and as many more as cover all that is seen."""
    drawn = Image.open(BytesIO(png)).convert("RGB")
    counted = sorted(drawn.getcolors(drawn.width * drawn.height) or (), reverse=True)[:EXACT]
    common = [colour for _, colour in counted]
    others = drawn.quantize(COLOURS - len(common), method=Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in common for part in colour] + others)
    near = drawn.quantize(palette=palette, dither=Image.Dither.NONE)
    exact = {bytes(colour): place for place, colour in enumerate(common)}
    dots = drawn.tobytes()
    colours = (dots[start : start + 3] for start in range(0, len(dots), 3))
    near.frombytes(bytes(exact.get(one, other) for one, other in zip(colours, near.tobytes(), strict=True)))
    near.save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

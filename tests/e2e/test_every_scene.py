"""Each page as somebody works on it, at the zooms of an office: nothing cut off, nothing off the screen."""

import pytest

from desktop.app import program_for
from desktop.views.pictures import image
from tests.picture_scenes import SCENES
from tests.picture_stage import Stage
from tests.pictures import PictureClock
from tests.views.fitting import cut_off, shortened

TASK_BAR = 70


@pytest.fixture
def stage(no_garbage, tmp_path, assets, theme):
    """The window on a sample township in which every page has something to show."""
    environment = {"SANXIAO_ASSETS": str(assets)}
    empty = program_for(data=tmp_path, database_url=None, clock=PictureClock(), environment=environment)
    sample = tmp_path / "示例"
    program = empty.sample_in(sample, password="only-for-tests", has_chosen_day=False, count=60, seed=1)
    made = Stage(program, theme)
    yield made
    made.close()


@pytest.mark.proof
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("zoom", "width", "height"), [(1.25, 1280, 720), (1.5, 1366, 768)])
def test_no_page_is_cut_off_or_larger_than_the_screen(stage, theme, zoom, width, height):
    theme.set_zoom(zoom)

    wrong = {}
    for scene in SCENES:
        scene.set_up(stage)
        stage.settle()
        image(stage.window, width, height)
        least = stage.window.minimumSizeHint()
        found = [*cut_off(stage.window), *shortened(stage.window)]
        if least.width() > width or least.height() > height - TASK_BAR:
            found.append(f"needs {least.width()} × {least.height()}")
        if found:
            wrong[scene.name] = found
        if scene.leave is not None:
            scene.leave(stage)
            stage.settle()
    assert wrong == {}

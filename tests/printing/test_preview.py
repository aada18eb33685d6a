"""The preview is the very file: its pages as dots, as PNG and as text."""

from io import BytesIO
from threading import Thread

import pytest
from PIL import Image

from printing.catalogue import documents
from printing.preview import Preview

STALL = documents()["card"]


@pytest.fixture
def file(printed):
    return printed(STALL, STALL.sample, STALL.longest)


def test_a_page_is_so_many_dots_of_three_bytes(file):
    with Preview(file) as pages:
        width, height, dots = pages.rgb(0, 72)

    assert (width, height) == (420, 298)
    assert len(dots) == width * height * 3
    assert dots[:3] == b"\xff\xff\xff"


def test_the_png_shows_the_same_dots(file):
    with Preview(file) as pages:
        width, height, dots = pages.rgb(1, 50)
        picture = Image.open(BytesIO(pages.png(1, 50)))

    assert picture.size == (width, height)
    assert picture.convert("RGB").tobytes() == dots


def test_a_file_in_memory_is_shown_too(file):
    with Preview(file.read_bytes()) as pages:
        assert len(pages) == 2
        assert "登记卡" in pages.text(0)


def test_two_threads_may_show_pages_at_once(file):
    seen = []

    def show():
        with Preview(file) as pages:
            seen.extend(pages.rgb(number % 2, 30)[2] for number in range(20))

    threads = [Thread(target=show) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(seen) == 60
    assert len(set(seen)) == 2

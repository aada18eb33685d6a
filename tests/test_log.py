"""The log names nobody."""

import logging
from pathlib import Path

import pytest

from desktop.log import start_log, stop_log


@pytest.fixture
def folder(tmp_path: Path):
    handler = start_log(tmp_path / "logs")
    yield tmp_path / "logs"
    stop_log(handler)


def test_personal_numbers_are_masked_in_messages_and_tracebacks(folder: Path) -> None:
    try:
        raise ValueError("电话 13912345678")
    except ValueError:
        logging.getLogger("test").exception("身份证 320413198603279990 存不进去")

    text = (folder / "sanxiao.log").read_text("utf-8")
    assert "存不进去" in text
    assert "320413198603279990" not in text
    assert "13912345678" not in text


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    in_the_way = tmp_path / "logs"
    in_the_way.write_text("a file, not a folder")

    handler = start_log(in_the_way)
    stop_log(handler)

    assert isinstance(handler, logging.StreamHandler)

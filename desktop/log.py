"""The log file: rotated, and without anybody's identity number or phone in it."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from desktop.domain.masking import mask_all

_MOST_BYTES = 1_000_000
_KEPT_FILES = 5


class RedactingFormatter(logging.Formatter):
    """Masks personal numbers in whatever is logged, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return mask_all(super().format(record))


def start_log(folder: Path) -> logging.Handler:
    """Begin to log into a folder and return the handler, to be given to ``stop_log``.

    A folder that cannot be written is no reason not to work: then the log goes to standard error.
    """
    handler = _handler(folder)
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return handler


def stop_log(handler: logging.Handler) -> None:
    """Stop logging and close the file."""
    logging.getLogger().removeHandler(handler)
    handler.close()


def _handler(folder: Path) -> logging.Handler:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return RotatingFileHandler(
            folder / "sanxiao.log", maxBytes=_MOST_BYTES, backupCount=_KEPT_FILES, encoding="utf-8"
        )
    except OSError:
        return logging.StreamHandler()

"""Who may import whom: each row of the architecture's import table is one test."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from subprocess import run
from sys import executable

import pytest

from tests.architecture.reading import CLONE, imports, sources, strangers, within

# Errors, clock and version hold nothing that could draw a layer into another.
FOR_ALL = ("desktop.errors", "desktop.clock", "desktop.__version__")
QT = ("PySide6", "shiboken6")
# The program without its window, and the window: what a verb needs, and what opens on a desk.
COMPOSITION_ROOT = (
    "desktop.app",
    "desktop.office_services",
    "desktop.workbook_services",
    "desktop.places",
    "desktop.pages",
    "desktop.window",
)
ROOT_FILES = tuple(f"{module.replace('.', '/')}.py" for module in COMPOSITION_ROOT)
# The verbs may use every layer; what they need of it they import when they run.
COMMAND_LINE = ("desktop/__main__.py", "desktop/commands")


@dataclass(frozen=True, slots=True)
class Row:
    """What one package may import besides itself and the standard library."""

    package: str
    program: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()

    def broken(self, root: Path = CLONE) -> list[str]:
        """Return the imports that the table does not allow."""
        allowed = (self.package, *self.program, *self.libraries)
        return strangers(self.package.replace(".", "/"), allowed, root)


DOMAIN = Row("desktop.domain", libraries=("stdnum", "pypinyin", "tomli"))
PROFILES = Row("desktop.profiles", ("desktop.domain", *FOR_ALL))
PRINTING = Row("printing", libraries=("reportlab", "fontTools", "segno", "pypdfium2", "tomli"))
MODELS = Row("desktop.models", ("desktop.domain", *FOR_ALL), ("sqlalchemy",))
STORAGE = Row(
    "desktop.storage",
    ("desktop.domain", "desktop.models", *FOR_ALL),
    ("sqlalchemy", "alembic", "sqlcipher3", "psycopg", "PIL"),
)
SHEETS = Row(
    "desktop.sheets", ("desktop.domain", *FOR_ALL), ("openpyxl", "python_calamine", "xlsxwriter", "tomli")
)
SERVICES = Row(
    "desktop.services",
    ("desktop.domain", "desktop.models", "desktop.storage", "desktop.sheets", "printing", *FOR_ALL),
    ("sqlalchemy", "cryptography", "argon2", "rapidfuzz", "PIL", "zxingcpp", "tomli"),
)
VIEWS = Row("desktop.views", ("desktop.domain", "desktop.services", "printing.preview", *FOR_ALL), QT)
TABLE = (DOMAIN, PROFILES, PRINTING, MODELS, STORAGE, SHEETS, SERVICES, VIEWS)


def misplaced_qt(root: Path = CLONE) -> list[str]:
    at_home = set(sources("desktop/views", *ROOT_FILES, root=root))
    return [
        f"{path.relative_to(root)} imports {name}"
        for path in sources("desktop", "printing", root=root)
        for name in imports(path, root)
        if within(name, QT) and path not in at_home
    ]


def wrong_users_of_the_root(root: Path = CLONE) -> list[str]:
    def uses(path: Path, *, at_once: bool) -> bool:
        return any(within(name, COMPOSITION_ROOT) for name in imports(path, root, at_once=at_once))

    at_home = set(sources(*ROOT_FILES, root=root))
    command_line = set(sources(*COMMAND_LINE, root=root))
    return [
        str(path.relative_to(root))
        for path in sources("desktop", "printing", root=root)
        if path not in at_home and uses(path, at_once=path in command_line)
    ]


def test_the_domain_knows_only_python_and_small_pure_libraries() -> None:
    assert DOMAIN.broken() == []


def test_rule_packs_know_the_domain_alone() -> None:
    assert PROFILES.broken() == []


def test_printing_knows_neither_the_program_nor_qt_nor_sql() -> None:
    assert PRINTING.broken() == []


def test_models_stand_on_the_domain_and_sqlalchemy_alone() -> None:
    assert MODELS.broken() == []


def test_storage_knows_the_models_but_neither_services_nor_views() -> None:
    assert STORAGE.broken() == []


def test_sheets_know_neither_the_database_nor_the_window() -> None:
    assert SHEETS.broken() == []


def test_services_know_everything_but_the_window() -> None:
    assert SERVICES.broken() == []


def test_views_know_no_sql_and_take_from_printing_only_the_page_pictures() -> None:
    assert VIEWS.broken() == []


def readers_of_workbooks(root: Path = CLONE) -> list[str]:
    """Return who opens workbooks of others in the program's own process."""
    at_home = {root / f"desktop/sheets/{name}.py" for name in ("reading_child", "marking", "filling")}
    return [
        f"{path.relative_to(root)} imports {name}"
        for path in sources("desktop", root=root)
        for name in imports(path, root)
        if path not in at_home
        and within(name, ("desktop.sheets.opening", "openpyxl.load_workbook", "openpyxl.reader"))
    ]


def test_workbooks_of_others_are_opened_by_the_child_process_alone() -> None:
    assert readers_of_workbooks() == []


def test_a_planted_reader_of_workbooks_is_found(tmp_path: Path) -> None:
    planted = tmp_path / "desktop/services/a.py"
    planted.parent.mkdir(parents=True)
    planted.write_text("def f():\n    from openpyxl import load_workbook\n")

    assert readers_of_workbooks(tmp_path) == ["desktop/services/a.py imports openpyxl.load_workbook"]


def test_the_composition_root_is_imported_only_by_the_command_line_and_only_when_needed() -> None:
    assert wrong_users_of_the_root() == []


def test_qt_stands_in_views_and_the_composition_root_alone() -> None:
    assert misplaced_qt() == []


def test_every_package_of_the_program_has_its_row() -> None:
    packages = {
        path.parent.relative_to(CLONE) for path in sources("desktop") if path.parent.parent.name == "desktop"
    }
    rows = {Path(row.package.replace(".", "/")) for row in TABLE}

    assert {str(path) for path in packages - rows} - {*COMMAND_LINE} == set()


@pytest.mark.parametrize(
    ("row", "file", "code"),
    [
        (DOMAIN, "desktop/domain/a.py", "def f():\n    from desktop.errors import UserError"),
        (DOMAIN, "desktop/domain/deep/a.py", "import sqlalchemy.orm"),
        (
            PRINTING,
            "printing/documents/a.py",
            "class A:\n    def f(self):\n        import desktop.domain.identity",
        ),
        (PRINTING, "printing/a.py", "from PySide6 import QtGui"),
        (MODELS, "desktop/models/a.py", "from ..storage import database"),
        (MODELS, "desktop/models/a.py", "from desktop import services"),
        (
            STORAGE,
            "desktop/storage/a.py",
            "from importlib import import_module\nimport_module('desktop.services')",
        ),
        (STORAGE, "desktop/storage/a.py", "if TYPE_CHECKING:\n    from desktop.views.jobs import Job"),
        (SHEETS, "desktop/sheets/a.py", "def f():\n    import sqlalchemy"),
        (SHEETS, "desktop/sheets/a.py", "from desktop.models import Base"),
        (SERVICES, "desktop/services/a.py", "try:\n    import PySide6.QtCore\nexcept ImportError:\n    pass"),
        (SERVICES, "desktop/services/a.py", "from desktop.views import hub"),
        (VIEWS, "desktop/views/kit/a.py", "def f():\n    from sqlalchemy.exc import DBAPIError"),
        (VIEWS, "desktop/views/a.py", "from desktop.storage.database import Database"),
        (VIEWS, "desktop/views/a.py", "from printing import fonts"),
        (VIEWS, "desktop/views/a.py", "import printing"),
        (VIEWS, "desktop/views/a.py", "from desktop import *"),
    ],
)
def test_a_planted_import_is_found(tmp_path: Path, row: Row, file: str, code: str) -> None:
    plant(tmp_path, file, code)

    assert len(row.broken(tmp_path)) == 1


@pytest.mark.parametrize(
    ("rule", "file", "code"),
    [
        (misplaced_qt, "desktop/paths.py", "def f():\n    from PySide6.QtCore import QStandardPaths"),
        (misplaced_qt, "desktop/__main__.py", "import shiboken6"),
        (wrong_users_of_the_root, "desktop/services/a.py", "def f():\n    from desktop.app import run"),
        (wrong_users_of_the_root, "desktop/__main__.py", "from desktop.app import run"),
        (
            wrong_users_of_the_root,
            "desktop/commands/a.py",
            "try:\n    import desktop.app\nfinally:\n    pass",
        ),
    ],
)
def test_a_planted_use_of_qt_or_the_root_is_found(
    tmp_path: Path, rule: Callable[[Path], list[str]], file: str, code: str
) -> None:
    plant(tmp_path, file, code)

    assert len(rule(tmp_path)) == 1


HEAVY = ("PySide6", "shiboken6", "sqlalchemy", "alembic", "openpyxl", "xlsxwriter", "reportlab", "PIL")


@pytest.mark.parametrize("module", ["desktop", "desktop.__main__"])
def test_the_command_line_starts_without_qt_database_and_paper_libraries(module: str) -> None:
    assert loaded_by(f"import {module}") == []


def test_a_command_line_that_loads_qt_would_be_noticed() -> None:
    assert loaded_by("import PySide6.QtCore") == ["PySide6", "shiboken6"]


def loaded_by(code: str) -> list[str]:
    question = f"{code}\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    return run(
        [executable, "-c", question], cwd=CLONE, capture_output=True, text=True, check=True
    ).stdout.split()


def test_what_the_table_allows_is_allowed(tmp_path: Path) -> None:
    plant(tmp_path, "desktop/domain/a.py", "import re\nfrom stdnum.cn import ric\nfrom . import b")
    plant(
        tmp_path, "desktop/views/a.py", "from printing.preview import page\nfrom desktop import __version__"
    )
    plant(tmp_path, "desktop/app.py", "from PySide6.QtWidgets import QApplication")
    plant(tmp_path, "desktop/__main__.py", "def f():\n    from desktop.app import run")
    plant(tmp_path, "desktop/commands/a.py", "if TYPE_CHECKING:\n    from desktop.app import Program")

    assert [row.broken(tmp_path) for row in TABLE] == [[]] * len(TABLE)
    assert misplaced_qt(tmp_path) == []
    assert wrong_users_of_the_root(tmp_path) == []


def plant(root: Path, file: str, code: str) -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{code}\n", encoding="utf-8")

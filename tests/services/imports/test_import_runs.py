from uuid import uuid4

import pytest

from desktop.domain.act import Role
from desktop.errors import NotAllowedError
from desktop.services.imports.imports import Imports
from desktop.services.imports.runs import ImportRuns
from desktop.services.survey.surveys import Surveys
from tests.offices import LEDGERS


@pytest.fixture
def imports(desk):
    return Imports(desk.office, Surveys(desk.office), uuid4)


@pytest.fixture
def recent(desk):
    return lambda: ImportRuns(desk.office).recent(by=desk.clerk)


def test_imports_are_listed_newest_first_with_what_they_came_to(desk, imports, recent):
    imports.take_in([LEDGERS / "01-tidy-stalls.xlsx"], by=desk.clerk)
    imports.take_in([LEDGERS / "03-damaged-eateries.xlsx"], by=desk.clerk, good_rows_only=True)

    newest, first = recent()

    assert (newest.file, newest.new, newest.error) == ("03-damaged-eateries.xlsx", 21, 9)
    assert (first.file, first.new, first.by, first.imported_on) == (
        "01-tidy-stalls.xlsx",
        40,
        "周敏",
        desk.clock.day,
    )


def test_an_import_that_was_taken_back_says_so(desk, imports, recent):
    answer = imports.take_in([LEDGERS / "01-tidy-stalls.xlsx"], by=desk.clerk)
    imports.undo(answer.files[0].import_id, reason="村里报错了", by=desk.clerk)

    assert [run.is_undone for run in recent()] == [True]


def test_a_dry_run_is_no_import(desk, imports, recent):
    imports.take_in([LEDGERS / "01-tidy-stalls.xlsx"], by=desk.clerk, is_dry_run=True)

    assert recent() == ()


def test_who_may_not_import_does_not_see_the_imports(desk):
    with pytest.raises(NotAllowedError):
        ImportRuns(desk.office).recent(by=desk.somebody("审计老张", Role.AUDITOR))

"""Offsets belong to desk, printer and paper, whoever measured them."""

from dataclasses import replace

import pytest

from desktop.domain.act import Role
from desktop.errors import NotAllowedError, UserError
from desktop.services.papers.printer_offsets import PrinterOffsets
from tests.offices import TestOffice


def test_an_offset_is_kept_for_the_desk_and_the_last_one_counts(desk: TestOffice) -> None:
    offsets = PrinterOffsets(desk.office)
    reviewer = desk.somebody("钱审核", Role.REVIEWER)
    elsewhere = replace(reviewer, desk="另一台电脑")

    offsets.keep("三楼针式", "certificate", (1.0, 0.0), by=desk.clerk)
    offsets.keep("三楼针式", "certificate", (-0.3, 2.1), by=reviewer)

    assert offsets.here(by=reviewer) == {("三楼针式", "certificate"): (-0.3, 2.1)}
    assert offsets.here(by=elsewhere) == {}


@pytest.mark.parametrize("offset", [(19.9, 0.0), (0.0, -25.0)])
def test_an_offset_beyond_the_sheet_is_refused(desk: TestOffice, offset) -> None:
    offsets = PrinterOffsets(desk.office)

    with pytest.raises(UserError, match="偏移"):
        offsets.keep("激光", "card", offset, by=desk.clerk)

    assert offsets.here(by=desk.clerk) == {}


def test_who_may_not_print_measures_nothing(desk: TestOffice) -> None:
    auditor = desk.somebody("卢审计", Role.AUDITOR)
    with pytest.raises(NotAllowedError):
        PrinterOffsets(desk.office).keep("激光", "card", (0.1, 0.0), by=auditor)

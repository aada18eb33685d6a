"""An import is taken back as a whole; what was changed or built upon since is kept and named."""

import pytest

from desktop.domain.act import Role
from desktop.errors import NotAllowedError, UserError
from desktop.models.establishment import Establishment, SearchKey
from desktop.services.imports.imports import Imports
from desktop.services.office.villages import Villages
from desktop.services.registration.registrations import Choice, Registrations
from tests.offices import TestOffice
from tests.services.ledgers import LI, ZHANG, Ledger, changed, counted, everything


def test_an_import_undone_leaves_the_register_as_it_was(
    desk: TestOffice, imports: Imports, ledger: Ledger
) -> None:
    imports.take_in([ledger(ZHANG)], by=desk.clerk)
    before, keys = everything(desk), counted(desk, SearchKey)
    path = ledger(changed(ZHANG, 电话="13900001111"), LI)
    import_id = imports.take_in([path], by=desk.clerk).files[0].import_id
    assert import_id is not None

    undone = imports.undo(import_id, reason="发错了", by=desk.clerk)

    assert (undone.removed, undone.restored, undone.kept) == (1, 1, ())
    assert everything(desk) == before
    assert counted(desk, SearchKey) == keys
    with pytest.raises(UserError, match="已经撤回"):
        imports.undo(import_id, reason="再来", by=desk.clerk)


def test_rows_that_were_changed_or_built_upon_since_are_kept_and_named(
    desk: TestOffice, imports: Imports, ledger: Ledger
) -> None:
    first = imports.take_in([ledger(ZHANG, LI)], by=desk.clerk).files[0].import_id
    imports.take_in([ledger(changed(ZHANG, 电话="13900001111"))], by=desk.clerk)
    Registrations(desk.office).register_all(Choice(ids=(2,)), decided_on=desk.clock.today(), by=desk.clerk)
    assert first is not None

    undone = imports.undo(first, reason="发错了", by=desk.clerk)

    assert (undone.removed, [row.row for row in undone.kept]) == (0, [3, 4])
    assert counted(desk, Establishment) == 2


def test_undoing_needs_a_reason_and_an_import_that_exists(desk: TestOffice, imports: Imports) -> None:
    with pytest.raises(UserError, match="原因"):
        imports.undo(1, reason=" ", by=desk.clerk)
    with pytest.raises(UserError, match="没有编号为 7"):
        imports.undo(7, reason="发错了", by=desk.clerk)


def test_a_village_takes_back_its_own_imports_only(
    desk: TestOffice, imports: Imports, ledger: Ledger
) -> None:
    clerk = desk.somebody("白塔文书", Role.VILLAGE, village_id=Villages(desk.office).named("白塔村").id)
    there = imports.take_in([ledger(ZHANG)], by=desk.clerk).files[0].import_id or 0
    own = imports.take_in([ledger(changed(ZHANG, 电话="13900001111"))], by=clerk).files[0].import_id or 0

    with pytest.raises(NotAllowedError, match="不是“白塔文书”办的"):
        imports.undo(there, reason="不要", by=clerk)
    assert imports.undo(own, reason="发错了", by=clerk).restored == 1

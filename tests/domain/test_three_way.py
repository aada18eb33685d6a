"""Merging two edited copies loses no edit and invents none."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.three_way import Clash, Fate, merge_tables, three_way

FEW = settings(max_examples=40)
FIELDS = ("name", "phone", "address")
Record = dict[str, str | None]
Table = dict[int, Record]

values = st.sampled_from((None, "甲", "乙", "丙"))
records = st.fixed_dictionaries(dict.fromkeys(FIELDS, values))
tables = st.dictionaries(st.integers(0, 3), records, max_size=4)
theirs_only = st.dictionaries(st.integers(0, 9), records, max_size=5)


def applied(here: Table, base: Table, theirs: Table) -> Table:
    """Return the table after a merge: clashes and deletions wait, all else is done."""
    rows = merge_tables(base, here, theirs)
    is_there = {key for key, row in rows.items() if key in here or row.fate is Fate.NEW}
    return here | {key: dict(rows[key].merged.fields) for key in is_there}


def edits(base: Mapping[int, Record], copy: Mapping[int, Record]) -> set[tuple[int, str, str | None]]:
    """Return every field that a copy states otherwise than the base."""
    return {
        (key, field, value)
        for key, record in copy.items()
        for field, value in record.items()
        if value != base.get(key, {}).get(field)
    }


def test_what_one_side_changed_is_taken_and_what_both_changed_waits() -> None:
    base = {"name": "甲", "phone": "1", "address": "东"}

    merged = three_way(base, {**base, "phone": "2", "address": "西"}, {**base, "name": "乙", "address": "南"})

    assert merged.fields == {"name": "乙", "phone": "2", "address": "西"}
    assert merged.taken == ("name",)
    assert merged.clashes == (Clash("address", "东", "西", "南"),)


def test_an_emptied_field_is_an_edit_and_a_missing_one_says_nothing() -> None:
    base = {"name": "甲", "phone": "1"}

    assert three_way(base, base, {"phone": None}).fields == {"name": "甲", "phone": None}


@FEW
@given(base=records, here=records)
def test_a_copy_that_nobody_edited_changes_nothing(base: Record, here: Record) -> None:
    merged = three_way(base, here, base)

    assert (merged.fields, merged.taken, merged.clashes) == (here, (), ())


@FEW
@given(base=tables, first=theirs_only, second=theirs_only)
def test_merging_two_edited_copies_loses_no_edit_and_invents_none(
    base: Table, first: Table, second: Table
) -> None:
    here = applied(base, base, first)
    rows = merge_tables(base, here, second)
    end = applied(here, base, second)

    clashes = {(key, one.field): one for key, row in rows.items() for one in row.merged.clashes}
    for key, field, value in edits(base, first):
        assert end[key].get(field) == value
    for key, field, value in edits(base, second):
        is_named = (key, field) in clashes and clashes[key, field].theirs == value
        assert end.get(key, {}).get(field) == value or is_named
    for key, record in end.items():
        stated = [copy.get(key, {}) for copy in (base, first, second)]
        assert all(any(value == one.get(field) for one in stated) for field, value in record.items())
    missing = {key for key in base if key not in second}
    assert {key for key, row in rows.items() if row.fate is Fate.DELETED} == missing
    assert set(end) == set(base) | set(first) | set(second)


@FEW
@given(base=tables, here=tables, theirs=theirs_only)
def test_the_same_copy_twice_is_one_copy(base: Table, here: Table, theirs: Table) -> None:
    once = applied(here, base, theirs)

    assert applied(once, theirs, theirs) == once
    assert all(row.fate is Fate.SAME for row in merge_tables(theirs, once, theirs).values())


@FEW
@given(base=tables, here=tables, theirs=tables)
def test_a_record_that_is_gone_here_comes_back_only_by_somebodys_word(
    base: Table, here: Table, theirs: Table
) -> None:
    rows = merge_tables(base, here, theirs)
    for key in base.keys() - here.keys():
        edited = edits({key: base[key]}, {key: theirs[key]} if key in theirs else {})
        assert rows[key].fate is (Fate.CONFLICT if edited else Fate.SAME)
        assert rows[key].merged.fields == {}

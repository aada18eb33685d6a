from datetime import date

import pytest

from desktop.domain.act import Role
from desktop.errors import EnvironmentFailedError, NotAllowedError, UserError
from desktop.services.office.calendars import Calendars
from desktop.services.office.trail import Trail

NEXT = 'year = 2027\nsource = "国办通知"\ndays_off = ["2027-01-01"]\nworking_weekends = ["2027-01-03"]\n'


@pytest.fixture
def calendars(desk, tmp_path):
    return Calendars(desk.office, tmp_path / "years")


@pytest.fixture
def write(tmp_path):
    def write(content, name="2027.toml"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def years(calendars, desk):
    return {row.year: row for row in calendars.years(by=desk.clerk)}


def test_the_years_that_ship_are_listed_newest_first_with_their_source(desk, calendars):
    rows = calendars.years(by=desk.clerk)

    assert [row.year for row in rows] == list(range(2026, 2014, -1))
    assert all("国务院办公厅" in row.source and not row.is_own for row in rows)


def test_a_loaded_year_is_the_offices_own_and_counts(desk, calendars, write):
    loaded = calendars.load(write(NEXT), by=desk.clerk)

    assert (loaded.year, loaded.days_off, loaded.working_weekends) == (2027, 1, 1)
    assert years(calendars, desk)[2027].is_own
    assert not calendars.calendar().is_workday(date(2027, 1, 1))
    assert calendars.calendar().is_workday(date(2027, 1, 3))


def test_an_own_year_wins_over_the_one_that_ships(desk, calendars, write):
    calendars.load(write(NEXT.replace("2027", "2026").replace("01-03", "01-04")), by=desk.clerk)

    assert years(calendars, desk)[2026].is_own
    assert years(calendars, desk)[2026].days_off == 1


def test_loading_stands_in_the_trail_and_is_announced(desk, calendars, write):
    calendars.load(write(NEXT), by=desk.clerk)

    entry = Trail(desk.office).entries(by=desk.clerk)[0]
    assert (entry.action, entry.object, entry.account) == ("calendar.load", "YearTable/2027", "周敏")
    assert entry.changes["source"] == [None, "国办通知"]
    assert "calendar" in desk.heard[-1].topics


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (NEXT.replace("2027-01-01", "2027-01-02"), "第 3 行"),
        (NEXT.replace("2027-01-01", "2027-02-30"), "2027-02-30"),
        (NEXT.replace("days_off", "day_off"), "day_off"),
        ("year = \n", "第 1 行"),
        ("年".encode("gb18030"), "不是 UTF-8"),
        ("#" * 100_001, "太大"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place_and_changes_nothing(desk, calendars, write, content, said):
    path = write(content)

    with pytest.raises(UserError, match=said):
        calendars.load(path, by=desk.clerk)

    assert 2027 not in years(calendars, desk)
    assert desk.heard == []


def test_a_file_that_is_gone_is_refused_by_its_name(desk, calendars, tmp_path):
    with pytest.raises(UserError, match=r"2027\.toml 打不开"):
        calendars.load(tmp_path / "2027.toml", by=desk.clerk)


def test_a_file_with_notepads_mark_is_read_and_kept_without_it(desk, calendars, write):
    calendars.load(write(b"\xef\xbb\xbf" + NEXT.encode()), by=desk.clerk)

    assert (calendars.folder / "2027.toml").read_text(encoding="utf-8") == NEXT


def test_a_folder_that_cannot_be_written_leaves_no_line_in_the_trail(desk, tmp_path, write):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    before = len(Trail(desk.office).entries(by=desk.clerk))

    with pytest.raises(EnvironmentFailedError, match="写不进去"):
        Calendars(desk.office, blocked).load(write(NEXT), by=desk.clerk)

    assert len(Trail(desk.office).entries(by=desk.clerk)) == before


def test_only_those_who_keep_the_calendar_may_load_a_year(desk, calendars, write):
    clerk = desk.somebody("费小妹", Role.CLERK)

    with pytest.raises(NotAllowedError, match="装入节假日表"):
        calendars.load(write(NEXT), by=clerk)

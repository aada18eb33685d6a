"""The main job from the command line, as a stranger's script runs it: every answer as the contract says."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
from openpyxl import load_workbook

from tests.commands.conftest import Console, Told, console_on
from tests.offices import LEDGERS

ROW = {
    "id": int,
    "archive_number": str,
    "kind": str,
    "name": (str, type(None)),
    "operator_name": str,
    "operator_id_number": str,
    "phone": str,
    "village": str,
    "address": str,
    "products": str,
    "employee_count": int,
    "health_certificate_count": int,
    "area_m2": (int, float, type(None)),
    "surveyed_on": str,
    "operating_status": str,
    "registration_status": str,
    "paper_number": (str, type(None)),
    "paper_status": str,
    "valid_until": (str, type(None)),
    "open_rectifications": int,
}


def test_a_round_of_the_work_goes_through_on_a_fresh_machine(
    tmp_path: Path, run: Callable[..., Told]
) -> None:
    say = console_on(tmp_path / "new" / "office", run)
    cards, table = tmp_path / "cards.pdf", tmp_path / "t.xlsx"

    made = say("init", "--profile", "jintan-2018", "--villages", LEDGERS / "villages.csv")
    taken = say("import", LEDGERS / "01-tidy-stalls.xlsx")
    registered = say("register", "--kind", "stall")
    printed = say("print", "card", "--unprinted", "-o", cards)
    overdue = say("overdue")
    exported = say("export", "survey", "--kind", "stall", "-o", table)

    assert [one.code for one in (made, taken, registered, printed, overdue, exported)] == [0] * 6
    assert [one.err for one in (made, taken, registered, printed, overdue, exported)] == [""] * 6
    assert made.json == {"profile": "jintan-2018", "villages": 8, "administrator": "周敏"}
    assert taken.json["imported"] is True
    assert {(one["kind"], one["paper"]) for one in registered.json["issued"]} == {("stall", "card")}
    assert registered.json["refused"] == []
    assert overdue.json == {"on": "2018-06-08", "rows": []}
    assert exported.json == {"file": str(table), "rows": 40, "mode": "public"}
    assert printed.json["file"] == str(cards)
    assert printed.json["refused"] == []
    assert {one["copy"] for one in printed.json["papers"]} == {1}
    numbers = [one["number"] for one in registered.json["issued"]]
    assert [one["number"] for one in printed.json["papers"]] == numbers
    _check_cards(cards, say("list", "establishments").json["rows"])
    _check_numbers_are_text(table)


def _check_cards(path: Path, rows: list[dict[str, str]]) -> None:
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    assert len(pages) == len(rows) == 40
    for text, row in zip(pages, sorted(rows, key=lambda one: one["paper_number"]), strict=True):
        together = "".join(text.split())
        assert row["paper_number"] in together
        assert row["operator_name"] in together
    content = path.read_bytes()
    assert content.count(b"/FontDescriptor ") == content.count(b"/FontFile2 ") > 0, "every font embedded"


def _check_numbers_are_text(path: Path) -> None:
    sheet = load_workbook(path).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    personal = [cell for cell in cells if "****" in cell.value]
    assert len(personal) == 80, "an identity number and a phone for each stall, masked"
    assert {cell.data_type for cell in personal} == {"s"}
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_each_row_of_the_register_has_the_keys_of_the_contract(stalls: Console) -> None:
    stalls("register", "--id", "1")

    listed = stalls("list", "establishments").json

    assert listed["total"] == len(listed["rows"]) == 40
    for row in listed["rows"]:
        assert [key for key, types in ROW.items() if not isinstance(row[key], types)] == []
    assert (listed["rows"][0]["registration_status"], listed["rows"][0]["paper_status"]) == (
        "registered",
        "valid",
    )
    assert (listed["rows"][1]["registration_status"], listed["rows"][1]["paper_status"]) == (
        "unregistered",
        "none",
    )


def test_without_json_people_get_sentences(stalls: Console) -> None:
    told = stalls("register", "--id", "3", as_json=False)

    assert told.code == 0
    assert "发放 1 张" in told.out
    assert "{" not in told.out


def test_the_register_is_searched_by_whatever_is_at_hand(stalls: Console) -> None:
    number = stalls("register", "--id", "3").json["issued"][0]["number"]
    stalls("register")

    for typed in ("钱杰", "qjy", "5136", "279990", "320413198603279990", number, number[-6:]):
        found = stalls("list", "establishments", "--search", typed).json["rows"]
        assert [row["operator_name"] for row in found] == ["钱杰永"], typed
    assert stalls("list", "establishments", "--search", "查无此人").json == {"total": 0, "rows": []}


def test_whole_numbers_are_shown_on_demand_and_the_trail_names_each_record(stalls: Console) -> None:
    masked = stalls("list", "establishments", "--search", "钱").json["rows"]
    revealed = stalls("list", "establishments", "--search", "钱", "--reveal").json["rows"]

    (entry,) = (row for row in stalls("audit").json["rows"] if "reveal" in row["action"])

    assert "*" in masked[0]["operator_id_number"]
    assert revealed[0]["operator_id_number"] == "320413198603279990"
    assert revealed[0]["phone"] == "17921275136"
    assert str([row["id"] for row in revealed]) in str(entry["changes"])


def test_the_register_is_leafed_through_in_pages(stalls: Console) -> None:
    everything = stalls("list", "establishments").json["rows"]

    page = stalls("list", "establishments", "--limit", "7", "--offset", "38").json
    nothing = stalls("list", "establishments", "--limit", "0").json

    assert page == {"total": 40, "rows": everything[38:]}
    assert nothing == {"total": 40, "rows": []}


def test_what_cannot_be_registered_is_named_with_its_reason(stalls: Console) -> None:
    stalls("register", "--id", "1")

    again = stalls("register", "--id", "1", "2")
    nothing = stalls("register", "--id", "1", "2")

    assert [one["id"] for one in again.json["issued"]] == [2]
    (refused,) = again.json["refused"]
    assert refused.keys() == {"id", "name", "reason"}
    assert again.code == 0
    assert (nothing.code, nothing.json["issued"], len(nothing.json["refused"])) == (1, [], 2)
    assert "没有一户可以登记" in nothing.err


def test_a_decision_of_an_earlier_day_dates_the_paper(stalls: Console) -> None:
    (issued,) = stalls("register", "--id", "1", "--decided-on", "2018-06-04").json["issued"]

    assert (issued["valid_from"], issued["valid_until"]) == ("2018-06-04", "2019-06-03")

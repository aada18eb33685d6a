"""The office's layouts: its own file wins, a broken one stops the print and says why."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import select

from desktop.domain.act import Role
from desktop.errors import ChangedMeanwhileError, NotAllowedError, UserError
from desktop.models.registration import Paper, PrintEntry
from desktop.services.office.trail import Trail
from desktop.services.open_office import LayoutFolders
from desktop.services.papers.layouts import Layouts, layout_of
from desktop.services.papers.papers import Papers, Sheet, Wanted
from desktop.services.papers.paperwork import Paperwork
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from printing.layout_file import layout_text, standard
from printing.preview import Preview
from printing.printer_trial import RARE, SCANNED
from tests.offices import TODAY, TestOffice, stall
from tests.printing.reading import whole_text


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "profiles" / "jintan-2018"


@pytest.fixture
def layouts(desk: TestOffice, own: Path, assets: Path) -> Layouts:
    office = replace(desk.office, layouts=LayoutFolders(own=own, shipped=own.with_name("shipped")))
    return Layouts(office, assets / "fonts")


def moved(layout, right_mm: float):
    """Return a layout whose date stands further to the right."""
    date = layout.places["date"]
    return layout.with_place("date", replace(date, box=replace(date.box, x=date.box.x + right_mm)))


def broken(own: Path) -> Path:
    own.mkdir(parents=True)
    file = own / "card.toml"
    file.write_text(layout_text(standard("card")).replace("[number]", "[nummer]"), encoding="utf-8")
    return file


def issue(desk: TestOffice) -> None:
    shop = Surveys(desk.office).save("stall", stall(), by=desk.clerk, identity=UUID(int=1)).id
    Registrations(desk.office).register_all(Choice(ids=(shop,)), decided_on=TODAY, by=desk.clerk)


@pytest.mark.parametrize(
    ("code", "field", "down_mm"), [("card_small", "date", -0.5), ("display_sheet", "issuer", 2.0)]
)
def test_what_is_printed_beside_a_card_follows_its_own_layout(
    desk, layouts, assets, tmp_path, code, field, down_mm
) -> None:
    issue(desk)
    with desk.office.db.reading() as session:
        (shop, paper) = session.execute(select(Paper.establishment_id, Paper.id)).one()
    opened = layouts.open(code, by=desk.clerk)
    place = opened.layout.places[field]
    lower = opened.layout.with_place(field, replace(place, box=replace(place.box, y=place.box.y + down_mm)))
    wanted, paperwork = Wanted(code, ids=(shop,)), Paperwork(layouts.office, assets / "fonts")
    paperwork.preview(wanted, tmp_path / "前.pdf", by=desk.clerk)

    layouts.save(lower, was=opened.was, by=desk.clerk)
    paperwork.preview(wanted, tmp_path / "后.pdf", by=desk.clerk)
    layouts.draw(lower, tmp_path / "看.pdf", by=desk.clerk, paper_id=paper)

    assert (tmp_path / "前.pdf").read_bytes() != (tmp_path / "后.pdf").read_bytes()
    assert (tmp_path / "看.pdf").read_bytes() == (tmp_path / "后.pdf").read_bytes()


def test_what_an_office_saves_is_what_its_papers_are_printed_in(desk, layouts, assets, tmp_path) -> None:
    issue(desk)
    papers = Papers(layouts.office, assets / "fonts")
    papers.print(Wanted("card", is_unprinted=True), tmp_path / "前.pdf", by=desk.clerk)
    opened = layouts.open("card", by=desk.clerk)

    layouts.save(moved(opened.layout, 2), was=opened.was, by=desk.clerk)
    wanted = Wanted("card", issued_on=TODAY)
    papers.print(wanted, tmp_path / "后.pdf", by=desk.clerk, reason="换了版式")

    assert layout_of(layouts.office, "card") == moved(opened.layout, 2)
    assert (tmp_path / "前.pdf").read_bytes() != (tmp_path / "后.pdf").read_bytes()
    with desk.office.db.reading() as session:
        first, second = session.scalars(select(PrintEntry).order_by(PrintEntry.id)).all()
    assert first.facts_sha256 != second.facts_sha256


def test_the_rule_pack_may_bring_a_layout_and_the_office_wins(desk, layouts, own) -> None:
    shipped = own.with_name("shipped")
    shipped.mkdir(parents=True)
    (shipped / "card.toml").write_text(layout_text(moved(standard("card"), 1)), encoding="utf-8")
    assert layout_of(layouts.office, "card") == moved(standard("card"), 1)

    opened = layouts.open("card", by=desk.clerk)
    layouts.save(moved(standard("card"), 2), was=opened.was, by=desk.clerk)
    assert layout_of(layouts.office, "card") == moved(standard("card"), 2)

    layouts.restore("card", was=layouts.open("card", by=desk.clerk).was, by=desk.clerk)
    assert layout_of(layouts.office, "card") == moved(standard("card"), 1)


def test_a_broken_file_stops_the_print_with_its_line_and_the_editor_says_why(
    desk, layouts, own, assets, tmp_path
) -> None:
    issue(desk)
    broken(own)

    papers = Papers(layouts.office, assets / "fonts")

    with pytest.raises(UserError, match=r"card\.toml 第 \d+ 行，nummer：不认识这一项"):
        papers.print(Wanted("card", is_unprinted=True), tmp_path / "卡.pdf", by=desk.clerk)

    opened = layouts.open("card", by=desk.clerk)
    assert not (tmp_path / "卡.pdf").exists()
    assert "number" in opened.fault
    assert (opened.layout, opened.is_own) == (standard("card"), True)


def test_a_layout_with_a_fault_is_not_saved(desk, layouts, own) -> None:
    with pytest.raises(UserError, match="发证日期：超出纸边"):
        layouts.save(moved(standard("card"), 90), was="", by=desk.clerk)

    assert not own.exists()


def test_a_layout_that_somebody_else_saved_meanwhile_is_not_overwritten(desk, layouts) -> None:
    layouts.save(moved(standard("card"), 1), was="", by=desk.clerk)

    with pytest.raises(ChangedMeanwhileError, match="刚被别人改过"):
        layouts.save(moved(standard("card"), 2), was="", by=desk.clerk)

    assert layout_of(layouts.office, "card") == moved(standard("card"), 1)


def test_only_who_may_change_layouts_changes_them_and_it_stands_in_the_trail(desk, layouts) -> None:
    clerk = desk.somebody("经办人", Role.CLERK)
    with pytest.raises(NotAllowedError, match="改证卡版式"):
        layouts.save(standard("card"), was="", by=clerk)

    layouts.save(standard("card"), was="", by=desk.clerk)

    entry = Trail(desk.office).entries(by=desk.clerk)[0]
    assert (entry.action, entry.account) == ("layout.save", desk.clerk.name)
    assert Trail(desk.office).check(by=desk.clerk) == ()


def test_a_scan_of_the_official_form_is_drawn_anew_and_lies_under_its_paper(desk, layouts, own) -> None:
    written = BytesIO()
    Image.new("RGB", (1480, 1050), "white").save(written, "PNG")

    layouts.lay_under("card", written.getvalue(), by=desk.clerk)

    scan = layouts.open("card", by=desk.clerk).scan
    assert Image.open(BytesIO(scan)).format == "JPEG"
    assert layouts.open("certificate", by=desk.clerk).scan == b""
    layouts.take_scan_away("card", by=desk.clerk)
    assert layouts.open("card", by=desk.clerk).scan == b""


def test_a_file_that_is_no_picture_is_refused_as_a_scan(desk, layouts, own) -> None:
    with pytest.raises(UserError, match="打不开"):
        layouts.lay_under("card", b"%PDF-1.7", by=desk.clerk)

    assert not own.exists()


def test_a_scan_is_never_printed(desk, layouts, tmp_path) -> None:
    layouts.draw(standard("card"), tmp_path / "前.pdf", by=desk.clerk)
    written = BytesIO()
    Image.new("RGB", (1480, 1050), "red").save(written, "PNG")
    layouts.lay_under("card", written.getvalue(), by=desk.clerk)

    layouts.draw(standard("card"), tmp_path / "后.pdf", by=desk.clerk)

    assert (tmp_path / "前.pdf").read_bytes() == (tmp_path / "后.pdf").read_bytes()


def test_an_offset_beyond_the_sheet_prints_and_logs_nothing(desk, layouts, assets, tmp_path) -> None:
    issue(desk)
    papers = Papers(layouts.office, assets / "fonts")

    with pytest.raises(UserError, match="推出了纸边"):
        papers.print(
            Wanted("card", is_unprinted=True),
            tmp_path / "卡.pdf",
            by=desk.clerk,
            sheet=Sheet(1, (15.0, 0.0), onto_preprinted=True),
        )

    assert not (tmp_path / "卡.pdf").exists()
    assert papers.count(by=desk.clerk, is_unprinted=True) == 1


def test_the_calibration_page_tries_square_greys_rare_characters_and_the_scanner(
    desk, layouts, tmp_path
) -> None:
    layouts.calibration("a4", tmp_path / "校准.pdf", by=desk.clerk)
    with Preview(tmp_path / "校准.pdf") as pages:
        width, height, seen = pages.rgb(0, 300)
    sheet = Image.frombytes("RGB", (width, height), seen)

    text = whole_text(tmp_path / "校准.pdf")
    assert text.count(RARE) == 12
    assert zxingcpp.read_barcode(sheet).text == SCANNED
    assert "100.0mm×100.0mm" in text
    dots = 300 / 25.4
    across = [round((73.5 + 7 * step) * dots) for step in range(6)]
    greys = [sheet.convert("L").getpixel((x, round(55 * dots))) for x in across]
    assert greys == sorted(greys)
    assert len(set(greys)) == 6


def test_the_calibration_page_says_the_middle_of_its_sheet(desk, layouts, tmp_path) -> None:
    layouts.calibration("a6", tmp_path / "校准.pdf", by=desk.clerk)

    assert "74.0 mm" in whole_text(tmp_path / "校准.pdf") or "74.0mm" in whole_text(tmp_path / "校准.pdf")
    with pytest.raises(UserError, match="没有“a3”这种纸"):
        layouts.calibration("a3", tmp_path / "三.pdf", by=desk.clerk)

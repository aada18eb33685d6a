"""Values go into the empty cells of somebody else's workbook, and every other byte of it stays."""

import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from desktop.errors import UserError
from desktop.sheets.splicing import Fill, without_results
from tests.offices import LEDGERS, reader

SHEET = "统计表"
STYLES = """<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts><fonts count="1"><font/></fonts>
<fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/>
<xf numFmtId="0" fontId="0" applyAlignment="1"><alignment horizontal="center"/></xf></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""
BEFORE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SPACE = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def package(sheet: str, **parts: str) -> bytes:
    """Return a workbook of one sheet with this markup."""
    all_parts: Mapping[str, str] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml"'
        f' ContentType="{OFFICE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml"'
        f' ContentType="{OFFICE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType='
        f'"{OFFICE}.styles+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'xmlns:r="{RELATIONS}"><sheets><sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets>'
        "<extLst/></workbook>",
        "xl/_rels/workbook.xml.rels": "<Relationships xmlns="
        '"http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet1.xml": sheet,
        "xl/media/图章.bin": "无人认识的部分",
        **parts,
    }
    made = io.BytesIO()
    with ZipFile(made, "w") as package:
        for name, content in all_parts.items():
            package.writestr(name, content, ZIP_STORED if name.endswith(".bin") else ZIP_DEFLATED)
    return made.getvalue()


def filled(content: bytes, *fills: Fill) -> bytes:
    return reader().filled(content, "空表.xlsx", fills)


def markup(content: bytes, part: str = "xl/worksheets/sheet1.xml") -> str:
    with ZipFile(io.BytesIO(content)) as package:
        return package.read(part).decode()


def test_only_the_cells_change_whatever_else_stands_in_the_markup() -> None:
    sheet = (
        BEFORE + f"<x:worksheet {SPACE}><x:dimension ref='A1:C4'/><!-- 一 > 二 --><x:sheetData>\n"
        '<x:row r="1" spans="1:3" ht="30"><x:c r="A1" t="str"><x:f>"a&gt;b"</x:f><x:v>a&gt;b</x:v></x:c>'
        '<x:c r="C1" s="2"/></x:row>\n<x:row r="2" s="2" customFormat="1"/>'
        '<x:row><x:c><x:v>7</x:v></x:c><x:c s="1"/></x:row></x:sheetData>'
        '<x:dataValidations count="1"/><x:extLst><x:ext uri="{1}"/></x:extLst></x:worksheet>'
    )

    done = filled(
        package(sheet),
        Fill(SHEET, 1, 3, "甲&乙"),
        Fill(SHEET, 1, 2, 5),
        Fill(SHEET, 2, 1, "=1+1"),
        Fill(SHEET, 3, 2, Decimal("85.7"), is_share=True),
        Fill(SHEET, 6, 3, 9, like=1),
    )

    text = '<x:is><x:t xml:space="preserve">{}</x:t></x:is></x:c>'
    assert markup(done) == (
        BEFORE + f'<x:worksheet {SPACE}><x:dimension ref="A1:C6"/><!-- 一 > 二 --><x:sheetData>\n'
        '<x:row r="1" ht="30"><x:c r="A1" t="str"><x:f>"a&gt;b"</x:f></x:c>'
        '<x:c r="B1"><x:v>5</x:v></x:c><x:c r="C1" s="2" t="inlineStr">'
        + text.format("甲&amp;乙")
        + '</x:row>\n<x:row r="2" s="2" customFormat="1"><x:c r="A2" t="inlineStr">'
        + text.format("=1+1")
        + '</x:row><x:row><x:c><x:v>7</x:v></x:c><x:c s="1" r="B3"><x:v>0.857</x:v></x:c></x:row>'
        '<x:row r="6" ht="30"><x:c r="C6" s="2"><x:v>9</x:v></x:c></x:row></x:sheetData>'
        '<x:dataValidations count="1"/><x:extLst><x:ext uri="{1}"/></x:extLst></x:worksheet>'
    )
    assert '<calcPr fullCalcOnLoad="1"/><extLst/>' in markup(done, "xl/workbook.xml")
    assert markup(done, "xl/styles.xml") == STYLES
    assert markup(done, "xl/media/图章.bin") == "无人认识的部分"


def test_digits_of_people_become_text_in_a_look_that_is_otherwise_the_same() -> None:
    row = '<x:row r="1"><x:c r="A1" s="2"/></x:row>'
    sheet = f"<x:worksheet {SPACE}><x:sheetData>{row}</x:sheetData></x:worksheet>"

    done = filled(package(sheet), Fill(SHEET, 1, 1, "320413198603279990"), Fill(SHEET, 1, 2, "0519", like=1))

    styles = markup(done, "xl/styles.xml")
    assert 'cellXfs count="5"' in styles
    assert styles.count('<alignment horizontal="center"/>') == 2
    cells = load_workbook(io.BytesIO(done))[SHEET][1]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in cells] == [
        ("320413198603279990", "s", "@"),
        ("0519", "s", "@"),
    ]


@pytest.mark.parametrize(
    ("style", "says_percent", "value"),
    [("1", False, Decimal("0.857")), ("0", True, 85.7), ("0", False, "85.7%")],
)
def test_a_share_is_written_as_its_cell_shows_it(style: str, says_percent: bool, value: object) -> None:
    sheet = (
        f'<x:worksheet {SPACE}><x:sheetData><x:row r="1"><x:c r="A1" s="{style}"/></x:row></x:sheetData>'
        "</x:worksheet>"
    )

    share = Fill(SHEET, 1, 1, Decimal("85.7"), is_share=True, says_percent=says_percent)
    (cell,) = load_workbook(io.BytesIO(filled(package(sheet), share)))[SHEET][1]

    assert cell.value == (float(value) if isinstance(value, Decimal) else value)


def test_a_day_is_a_day_in_a_cell_for_days_and_else_a_text() -> None:
    styles = STYLES.replace("0.0%", "yyyy&quot;年&quot;m&quot;月&quot;")
    sheet = (
        f'<x:worksheet {SPACE}><x:sheetData><x:row r="1"><x:c r="A1" s="1"/><x:c r="B1" s="2"/></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    day = date(2018, 6, 8)

    done = filled(package(sheet, **{"xl/styles.xml": styles}), Fill(SHEET, 1, 1, day), Fill(SHEET, 1, 2, day))

    first, second = load_workbook(io.BytesIO(done))[SHEET][1]
    assert (first.value.date(), second.value) == (day, "2018-06-08")


def test_a_total_that_was_reckoned_before_is_not_kept_anywhere() -> None:
    book = Workbook()
    book.worksheets[0].title = SHEET
    book[SHEET]["A3"] = "=SUM(A1:A2)"
    book.create_sheet("汇总")["A1"] = f"={SHEET}!A3"
    content = io.BytesIO()
    book.save(content)

    done = filled(content.getvalue(), Fill(SHEET, 1, 1, 3))

    copy = load_workbook(io.BytesIO(done))
    assert (copy[SHEET]["A3"].value, copy["汇总"]["A1"].value) == ("=SUM(A1:A2)", f"={SHEET}!A3")
    assert copy.calculation.fullCalcOnLoad
    assert without_results(b"<w><c><f>1</f><v>1</v></c><c><v>2</v></c></w>") == (
        b"<w><c><f>1</f></c><c><v>2</v></c></w>"
    )


@pytest.mark.parametrize("file", ["01-tidy-stalls.xlsx", "02-merged-header-workshops.xlsx"])
def test_every_other_cell_of_a_real_ledger_stays_with_its_look(file: str) -> None:
    content = (LEDGERS / file).read_bytes()
    before = load_workbook(io.BytesIO(content))
    name = before.sheetnames[0]
    last = before[name].max_row

    done = filled(content, Fill(name, last + 2, 3, "新的", like=last), Fill(name, 1, 30, 7))

    after = load_workbook(io.BytesIO(done))
    assert after.sheetnames == before.sheetnames
    for sheet in before:
        copy = after[sheet.title]
        assert copy.merged_cells.ranges == sheet.merged_cells.ranges
        assert {at: one.width for at, one in copy.column_dimensions.items()} == {
            at: one.width for at, one in sheet.column_dimensions.items()
        }
        for row in sheet.iter_rows():
            for cell in row:
                other = copy[cell.coordinate]
                if (cell.row, cell.column) != (1, 30) or sheet.title != name:
                    assert (other.value, other.style_id) == (cell.value, cell.style_id), cell.coordinate
    assert (after[name].cell(last + 2, 3).value, after[name].cell(1, 30).value) == ("新的", 7)
    assert after[name].cell(last + 2, 3).style_id == before[name].cell(last, 3).style_id


def test_markup_in_an_encoding_that_nobody_reads_is_refused() -> None:
    utf16 = f"<x:worksheet {SPACE}><x:sheetData/></x:worksheet>"
    with pytest.raises(UserError, match="已损坏"):
        filled(package(f'<?xml version="1.0" encoding="GBK"?>{utf16}'), Fill(SHEET, 1, 1, 1))


def test_an_old_workbook_comes_back_as_a_new_one_with_all_its_cells() -> None:
    old = (LEDGERS / "06-old.xls").read_bytes()
    (before,) = reader().sheets(old, "06-old.xls")
    last = len(before.rows) + 1

    (after,) = reader().sheets(
        reader().filled(old, "06-old.xls", [Fill(before.name, last, 1, "新的")]), "新.xlsx"
    )

    assert after.cell(last, 1) == "新的"
    assert (after.name, after.merged) == (before.name, before.merged)
    assert [[cell or None for cell in row] for row in after.rows[:-1]] == [
        [cell or None for cell in row] for row in before.rows
    ]

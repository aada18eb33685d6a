"""Lines written in one piece make the very file that XlsxWriter makes of single cells."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

from xlsxwriter import Workbook

from desktop.sheets.long_sheet import LongSheet, Value
from desktop.sheets.new_workbook import PLAIN

LINES: tuple[tuple[Value, ...], ...] = (
    ("张三", 3, Decimal("30.50"), date(2018, 4, 3), None, ""),
    ("<b>&\x01_x0041_", 0, Decimal(0), date(1900, 2, 28), " 前后 ", "𠮷" * 20_000),
    ('"引号"\n两行', -1, Decimal("123456789.12"), date(1900, 3, 1), "=1+1", "x" * 40_000),
)


def test_the_markup_is_that_of_the_library(tmp_path: Path) -> None:
    assert _sheet(tmp_path / "long.xlsx", LongSheet) == _sheet(tmp_path / "plain.xlsx", None)


def _sheet(target: Path, made_as: type[LongSheet] | None) -> bytes:
    with Workbook(str(target), PLAIN) as workbook:
        sheet = workbook.add_worksheet("表", made_as)
        looks = [workbook.add_format({"border": 1, "num_format": form}) for form in "@0@0@0"]
        sheet.merge_range(0, 0, 0, 3, "题目", looks[0])
        for row, values in enumerate(LINES, 1):
            if isinstance(sheet, LongSheet):
                sheet.write_line(row, values, looks)
                continue
            for column, (value, look) in enumerate(zip(values, looks, strict=True)):
                if value is None or value == "":
                    sheet.write_blank(row, column, None, look)
                elif isinstance(value, str):
                    sheet.write_string(row, column, value, look)
                elif isinstance(value, date):
                    moment = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day has no zone
                    sheet.write_datetime(row, column, moment, look)
                else:
                    sheet.write_number(row, column, float(value), look)
        sheet.write_string(len(LINES) + 1, 0, "合计", looks[0])
    with ZipFile(target) as package:
        return package.read("xl/worksheets/sheet1.xml")

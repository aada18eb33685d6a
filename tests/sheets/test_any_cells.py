"""Whatever stands in the cells of a sheet, it is read or named: no cell breaks what reads it."""

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis.strategies import lists, none, one_of, sampled_from

from tests.sheets.building import IDS, NAMES, PHONES
from tests.sheets.conftest import Read

MOMENT = datetime(2018, 5, 1, 3, 4)  # noqa: DTZ001 - a sheet knows no zone
WORDS = (
    "序号 店名 村 地址 品种 人数 健康证 有 无 是 否 年 月 日 调查日期 类别 小作坊 小摊贩 小餐饮 组别 门牌号 "
    "营业执照 有照 无照 其他 煎饼 (18位) 面积㎡ 店名及负责人 网络经营（打√） 合计"
)
CELLS = sampled_from(
    [
        *(
            "√",
            "×",
            "是",
            "无",
            "1",
            "2018年",
            "5月",
            "",
            " ",
            "合计",
            "小计：3户",
            "例：张三",
            "甲饭店（曾刚玲）",
        ),
        *(
            "白塔村1组",
            "小餐饮",
            "一、白塔村",
            "同上",
            "\ud800",
            "\x00",
            "٣",
            "²",
            "姓名",
            "（）",
            "()",
            "第三组",
            "=",
        ),
        *("民国107年5月1日", "340824200108147000", "1.3970743766E+10", "3.20413E+17", *IDS, *PHONES, *NAMES),
        *(1, 1.0, True, 2018, 5, -3, 10**18, 3.2e17, float("nan"), float("inf"), None),
        *(date(2018, 5, 1), MOMENT, time(3, 4), timedelta(days=3)),
    ]
)
LINE = lists(CELLS, min_size=8, max_size=8)


@settings(max_examples=40)
@given(
    lists(one_of(sampled_from(WORDS.split()), none()), min_size=8, max_size=8),
    lists(LINE, max_size=5),
    sampled_from(["白塔村小摊贩", "表"]),
)
def test_whatever_stands_in_the_cells_is_read_or_named(
    read: Read, words: list[str | None], lines: list[list[object]], sheet: str
) -> None:
    head = ["姓名", "身份证号", "电话", *words]
    rows = [[NAMES[i % 4], IDS[i % 4], PHONES[i % 4], *line] for i, line in enumerate(lines)]

    book = read([head, *rows], sheet=sheet)

    assert len(book.ledgers) + len(book.left) == 1
    assert all(problem.message for ledger in book.ledgers for row in ledger.rows for problem in row.problems)

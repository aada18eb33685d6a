"""A long ledger of stalls: thirty columns, a tenth of its rows known to the register."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from openpyxl import Workbook
from sqlalchemy import select

from desktop.domain.identity import check_digit
from desktop.models.establishment import Establishment
from desktop.models.office import Village
from desktop.services.sample.township import SampleWords
from tests.offices import TestOffice

_HEADS = (
    *("名称", "所属村（社区）", "地址", "摊位编号", "经营者姓名", "证件类型", "身份证号", "联系电话"),
    *("住址", "户籍", "营业执照", "持证情况", "从业人数", "持健康证人数", "面积（㎡）", "距学校（米）"),
    *("是否在集中区", "违章搭建占道", "品种", "经营项目", "摊贩类型", "经营区域", "经营时段", "索证索票"),
    *("三防设施", "清洗消毒", "存在问题", "调查人", "调查日期", "备注"),
)
"""The heads of the columns, as the survey table of the rule pack has them."""

KNOWN_EACH = 10
"""Of so many rows one is an establishment of the register; every other of those states nothing new."""

_BORN = date(1950, 1, 1)
Known = tuple[str, str, str, str, str]


def known_stalls(desk: TestOffice) -> list[Known]:
    """Return who trades in the register: name, village, address, operator and phone."""
    query = (
        select(
            Establishment.name,
            Village.name,
            Establishment.address,
            Establishment.operator_name,
            Establishment.phone,
        )
        .join(Village)
        .where(Establishment.kind == "stall", Establishment.operating_status == "operating")
        .order_by(Establishment.id)
    )
    with desk.office.db.reading() as session:
        return [(str(row[0]), row[1], row[2], row[3], str(row[4])) for row in session.execute(query)]


def write_ledger(target: Path, count: int, known: Sequence[Known], *, chance: Random) -> None:
    """Write a workbook with so many rows; a spreadsheet keeps its texts in one list, and so does this one."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("食品摊贩")
    sheet.append(["食品摊贩基本情况调查表"])
    sheet.append(_HEADS)
    for row in _rows(count, known, chance):
        sheet.append(row)
    workbook.save(target)


def _rows(count: int, known: Sequence[Known], chance: Random) -> Iterator[tuple[object, ...]]:
    words = SampleWords.shipped()
    one_of = chance.choice
    for number in range(1, count + 1):
        if number % KNOWN_EACH == 0 and number // KNOWN_EACH <= len(known):
            name, village, address, operator, phone = known[number // KNOWN_EACH - 1]
            id_number = ""
            if number // KNOWN_EACH % 2:
                yield (name, village, address, "", operator, "", "", phone, *[""] * (len(_HEADS) - 8))
                continue
        else:
            operator = one_of(words.surnames) + "".join(chance.choices(words.given, k=2))
            village = one_of(words.villages)[1]
            name = f"{one_of(words.given)}{one_of(words.given)}{operator[0]}记{one_of('摊店铺')}"
            address = f"{village}{chance.randint(1, 99)}组{900_000 + number}号"
            phone, id_number = f"1{chance.randint(3 * 10**9, 10**10 - 1)}", _id_number(number)
        people = chance.randint(1, 4)
        foods = "、".join(chance.sample(words.products["stall"], 3))
        day = date(2018, 4, 1) + timedelta(days=chance.randint(0, 60))
        hours = f"{chance.randint(5, 8)}:00—{chance.randint(9, 20)}:30"
        yield (
            name, village, address, f"{number % 300 + 1}号位", operator, "居民身份证", id_number, phone,
            f"{village}{chance.randint(1, 40)}组{chance.randint(1, 400)}号", one_of(("本地", "外地")),
            one_of("有无"), one_of(("无证", "已登记")), people, chance.randint(0, people),
            round(chance.uniform(2, 30), 1), chance.randint(20, 2_000), one_of("是否"), one_of("有无"), foods,
            one_of(("热食", "热食、自制饮品")), one_of(("固定", "流动")), f"{village}菜场周边", hours,
            one_of("有无"), one_of("有无"), one_of("有无"), "", one_of(words.surveyors), f"{day:%Y-%m-%d}",
            f"第{number}户，已告知登记" if number % 3 else None,
        )  # fmt: skip


def _id_number(number: int) -> str:
    born = _BORN + timedelta(days=number % 16_000)
    first_17 = f"320413{born:%Y%m%d}{number // 16_000 + 1:03d}"
    return first_17 + check_digit(first_17)

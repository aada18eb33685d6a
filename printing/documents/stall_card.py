"""食品摊贩登记卡: the card that a stall shows."""

from dataclasses import replace
from datetime import date

from printing.card import LAYOUT, background_key, draw, draw_background
from printing.document import Document
from printing.geometry import A6_LANDSCAPE
from printing.registration import RegistrationFacts, Row

_SAMPLE = RegistrationFacts(
    title="食品摊贩登记卡",
    number_label="登记卡编号",
    number="TF 320413100 2018 0037",
    rows=(
        Row("经营者姓名", "张𬭎"),
        Row("身份证号", "3204821990****0019"),
        Row("经营品种", "油条、豆浆、蒸包", may_wrap=True),
        Row("指定地点", "金城镇柳塘路早餐点　A06摊位", may_wrap=True),
        Row("经营时段", "5:00—9:30"),
        Row("有效期限", "2018年6月20日至2019年6月19日"),
    ),
    issuer_label="发卡单位",
    issuer="金城镇食品安全委员会办公室",
    date_label="发卡日期",
    issued_on=date(2018, 6, 20),
    note="请将本卡置于摊位显著位置，在指定地点和时段内经营。本卡载明登记信息，不是行政许可证件。",
    accent="1F4878",
    qr_text="编号TF32041310020180037\n名称张𬭎\n类别食品摊贩\n有效期至2019-06-19\n发卡单位金城镇食品安全委员会办公室",
)

DOCUMENT = Document(
    code="stall_card",
    title="食品摊贩登记卡",
    sheet=A6_LANDSCAPE,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        number="TF 320413100 2018 9999",
        rows=(
            Row("经营者姓名", "阿卜杜喀迪尔·阿卜杜热合曼江"),
            Row("身份证号", "6531011985****351X"),
            Row(
                "经营品种",
                "烤羊肉串、烤馕、烤包子、手抓饭、凉皮、凉粉、酸奶、切糕、葡萄干、巴旦木、大盘鸡",
                may_wrap=True,
            ),
            Row(
                "指定地点",
                "金城镇东浦村委会东侧三十米早餐夜市便民服务疏导点南区第二排B区112号摊位（流动）",
                may_wrap=True,
            ),
            Row("经营时段", "5:00—9:30，17:30—次日1:00"),
            Row("有效期限", "2018年12月20日至2019年12月19日"),
        ),
        issuer="常州市金坛区金城镇食品安全委员会办公室",
        issued_on=date(2018, 12, 20),
    ),
    draw=draw,
    background=draw_background,
    background_key=background_key,
    layout=LAYOUT,
)

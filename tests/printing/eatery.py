"""A card of an eatery, for the tests of the drawing that it shares with stalls."""

from dataclasses import replace
from datetime import date

from printing.registration import RegistrationFacts, Row

EATERY = RegistrationFacts(
    title="食品小餐饮登记卡",
    number_label="登记卡编号",
    number="CY 320413100 2018 0021",
    rows=(
        Row("店名", "柳塘老街面馆"),
        Row("经营者姓名", "陆小满"),
        Row("身份证号", "3204131990****0024"),
        Row("经营地点", "金城镇柳塘村中街7号", may_wrap=True),
        Row("经营项目", "热食类食品制售（面食、小炒）", may_wrap=True),
        Row("有效期限", "2018年6月22日至2019年6月21日"),
    ),
    issuer_label="发卡单位",
    issuer="金城镇食品安全委员会办公室",
    date_label="发卡日期",
    issued_on=date(2018, 6, 22),
    note="请将本卡挂在店内显著位置，在登记地点经营。本卡载明登记信息，不是行政许可证件。",
    accent="7A3B1E",
    qr_text="编号CY32041310020180021\n名称柳塘老街面馆\n类别食品小餐饮\n有效期至2019-06-21\n发卡单位金城镇食品安全委员会办公室",
)

LONGEST_EATERY = replace(
    EATERY,
    number="CY 320413100 2018 9999",
    rows=(
        Row("店名", "金城镇东浦新村便民早餐面馆小吃店"),
        Row("经营者姓名", "阿卜杜喀迪尔·阿卜杜热合曼江"),
        Row("身份证号", "6531011985****351X"),
        Row(
            "经营地点",
            "常州市金坛区金城镇柳塘村民委员会东侧第三十米临街商业门面房一层112号（菜场北门）",
            may_wrap=True,
        ),
        Row(
            "经营项目",
            "热食类、冷食类、自制饮品、糕点类（不含裱花）：豆花、豆浆、茶叶蛋、馄饨、水饺、盖浇饭",
            may_wrap=True,
        ),
        Row("有效期限", "2018年12月22日至2019年12月21日"),
    ),
    issuer="常州市金坛区金城镇食品安全委员会办公室",
    issued_on=date(2018, 12, 22),
)

"""登记申请补正告知书: told once, and all at once, what an application still lacks (行政许可法 art. 32)."""

from dataclasses import replace
from datetime import date

from printing.decision_page import LAYOUT, Decision, draw_decision
from printing.document import Document
from printing.geometry import A4

_SAMPLE = Decision(
    office="金城镇食品安全委员会办公室",
    title="登记申请补正告知书",
    number="金食安办登补〔2018〕3号",
    parties=(("申请人", "柳塘老街面馆（经营者：陆小满）"), ("地址", "金城镇柳塘村中街7号")),
    paragraphs=(
        "你（单位）于2018年6月8日提出的食品小餐饮登记申请收悉。经审查，申请材料不齐全。"
        "依据《中华人民共和国行政许可法》第三十二条的规定，现一次告知需要补正的全部内容：",
        "一、从业人员健康证明。",
        "二、食品安全承诺书。",
        "补齐后请交本机关；补正材料齐全的，自收到之日起予以受理。不明白的，请与本机关联系。",
        "联系单位：金城镇食品安全委员会办公室。",
    ),
    issuer="金城镇食品安全委员会办公室",
    issued_on=date(2018, 6, 11),
    receipt_text="本告知书于",
    receipt_label="申请人（签名或盖章）：",
    copies_note="本告知书一式两份，一份交申请人，一份存档。",
)

DOCUMENT = Document(
    code="completion_notice",
    title="登记申请补正告知书",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        office="常州市金坛区金城镇食品安全委员会办公室",
        number="金坛金城食安办登补〔2018〕1200号",
        parties=(
            (
                "申请人",
                "常州市金坛区金城镇石桥新村老街张记豆制品加工作坊（经营者：阿卜杜喀迪尔·阿卜杜热合曼江）",
            ),
            (
                "地址",
                "江苏省常州市金坛区金城镇石桥村民委员会东侧老街东巷第三村民小组18号旁一层临街厂房"
                "（原第二粮站仓库）",
            ),
        ),
        paragraphs=(
            _SAMPLE.paragraphs[0],
            *(
                f"{number}、{material}。"
                for number, material in zip(
                    "一二三四五六七八九",
                    (
                        "登记申请书",
                        "营业执照复印件（申请登记的名称、经营者、地址应当与营业执照一致；没有营业执照的，先办理）",
                        "申请人有效身份证明复印件及其联系方式",
                        "接触直接入口食品的从业人员的有效健康证明，一人一份，写明姓名、编号和到期日",
                        "生产工艺流程图或者说明，写明每道工序、设备和使用的食品添加剂",
                        "生产加工的食品品种或者目录，写明主要原料来源",
                        "食品安全承诺书",
                        "现场照片",
                        "摊位使用约定，或者场地的使用证明",
                    ),
                    strict=True,
                )
            ),
            *_SAMPLE.paragraphs[-2:],
        ),
        issuer="常州市金坛区金城镇食品安全委员会办公室",
        issued_on=date(2018, 12, 28),
    ),
    draw=draw_decision,
    layout=LAYOUT,
)

"""不予登记决定书: why an application is refused, and whom the applicant may turn to (行政许可法 art. 38)."""

from dataclasses import replace
from datetime import date

from printing.decision_page import LAYOUT, Decision, draw_decision
from printing.document import Document
from printing.geometry import A4

_SAMPLE = Decision(
    office="常州市金坛区市场监督管理局",
    title="不予登记决定书",
    number="坛市监登不〔2018〕2号",
    parties=(("申请人", "金城镇石桥张记豆制品作坊（经营者：张𬭎）"), ("地址", "金城镇石桥村东巷18号")),
    paragraphs=(
        "你（单位）于2018年6月8日提出食品小作坊登记申请，本机关于2018年6月11日受理。经审查并现场核查，"
        "你（单位）存在以下不符合登记条件的情形：",
        "生产用水取自未经检测的自备井，排污沟与原料间相通，在限期内未改好。",
        "依据《中华人民共和国行政许可法》第三十八条的规定，本机关决定不予登记。",
        "如不服本决定，可以自收到本决定书之日起六十日内向常州市金坛区人民政府申请行政复议，"
        "也可以自收到本决定书之日起六个月内依法向人民法院提起行政诉讼。",
        "条件具备后，可以重新提出申请。",
    ),
    issuer="常州市金坛区市场监督管理局",
    issued_on=date(2018, 7, 6),
    receipt_text="本决定书于",
    receipt_label="申请人（签名或盖章）：",
    copies_note="本决定书一式两份，一份交申请人，一份存档。",
)

DOCUMENT = Document(
    code="refusal_decision",
    title="不予登记决定书",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        office="新疆维吾尔自治区喀什地区巴楚县市场监督管理局",
        number="巴楚市监登不〔2018〕1200号",
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
            "生产用水取自未经检测的自备井，排污沟与原料间相通；原辅料不符合食品安全标准，未查验供货者的许可证；"
            "进货、投料、添加剂使用记录不全；从业人员三人中有两人没有健康证明；"
            * 3
            + "以上问题在限期内均未改好。",
            *_SAMPLE.paragraphs[2:],
        ),
        issuer="新疆维吾尔自治区喀什地区巴楚县市场监督管理局",
        issued_on=date(2018, 12, 28),
    ),
    draw=draw_decision,
    layout=LAYOUT,
)

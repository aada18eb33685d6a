"""登记申请受理通知书: the application is complete and accepted; from this day the clock runs."""

from dataclasses import replace
from datetime import date

from printing.decision_page import LAYOUT, Decision, draw_decision
from printing.document import Document
from printing.geometry import A4

_SAMPLE = Decision(
    office="常州市金坛区市场监督管理局",
    title="登记申请受理通知书",
    number="坛市监登受〔2018〕12号",
    parties=(("申请人", "金城镇石桥张记豆制品作坊（经营者：张𬭎）"), ("地址", "金城镇石桥村东巷18号")),
    paragraphs=(
        "你（单位）于2018年6月8日提出的食品小作坊登记申请，材料齐全，符合法定形式。"
        "依据《中华人民共和国行政许可法》第三十二条的规定，现予受理，受理日期为2018年6月11日。",
        "本机关自受理之日起20个工作日内（2018年7月10日前）作出是否登记的决定；需要现场核查的，"
        "派两名以上工作人员核查，请予配合。决定登记的，自作出决定之日起5个工作日内发给食品小作坊登记证。",
        "期限以工作日计算，不含法定节假日。",
        "已收材料：登记申请书、营业执照复印件、身份证明复印件及联系方式、从业人员健康证明、"
        "生产工艺流程图或者说明、生产加工品种目录、食品安全承诺书。",
        "联系单位：市场监督管理局金城分局。",
    ),
    issuer="常州市金坛区市场监督管理局",
    issued_on=date(2018, 6, 11),
    receipt_text="本通知书于",
    receipt_label="申请人（签名或盖章）：",
    copies_note="本通知书一式两份，一份交申请人，一份存档。",
)

DOCUMENT = Document(
    code="acceptance_slip",
    title="登记申请受理通知书",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        office="新疆维吾尔自治区喀什地区巴楚县市场监督管理局",
        number="巴楚市监登受〔2018〕1200号",
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
        issuer="新疆维吾尔自治区喀什地区巴楚县市场监督管理局",
        issued_on=date(2018, 12, 28),
    ),
    draw=draw_decision,
    layout=LAYOUT,
)

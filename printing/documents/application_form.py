"""登记申请书: what an applicant asks for and promises; blank for the counter, or filled from the register."""

from dataclasses import dataclass, replace

from printing.blocks import require
from printing.document import Document
from printing.fonts import Face
from printing.geometry import A4
from printing.page import Page
from printing.record_cells import Form, Label, Row, Signing, Text, Ticks, pair, pairs
from printing.record_form import draw_form


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the form: a label and what stands beside it; nothing is room for the pen."""

    label: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ApplicationFormFacts:
    """What the form says. ``short`` entries stand two in a row, ``long`` ones alone.

    Identity numbers arrive masked. ``given`` are the materials that the office has seen.
    """

    title: str
    issuer: str
    reference: str
    asked_for: tuple[str, ...]
    asked: str | None
    short: tuple[Entry, ...]
    long: tuple[Entry, ...]
    materials: tuple[str, ...]
    given: tuple[str, ...]
    promise: tuple[str, ...]
    note: str
    answers: tuple[str, ...] = ("予以受理", "一次告知补正", "不予受理")
    qr_text: str = ""


def draw(page: Page, facts: ApplicationFormFacts) -> None:
    """Draw the form; who applies and who takes it in sign by hand."""
    require(page, ("申请承诺", "".join(facts.promise)), ("申请材料", "".join(facts.materials)))
    shorts = [facts.short[start : start + 2] for start in range(0, len(facts.short), 2)]
    promise = Text(facts.promise, face=Face.SONG, about="申请承诺", size=10)
    rows = (
        Row((Label("申请事项"), Ticks(facts.asked_for, (facts.asked,) if facts.asked else ()))),
        *(_short(*entries) for entries in shorts),
        *(Row((*pair(entry.label, "".join(entry.words)),), 13) for entry in facts.long),
        Row((Label("申请材料"), Ticks(facts.materials, facts.given))),
        Row((Label("申请承诺"), promise)),
        Row((Label("申请人"), Signing(signatures=("申请人（签名、盖章）：",))), 24),
        Row((Label("材料审查"), Ticks(facts.answers))),
        Row((Label("经办人"), Signing(signatures=("经办人（签名）：",))), 22),
        Row((Label("审核意见"), Signing(signatures=("负责人（签名）：",))), 24),
    )
    draw_form(page, Form(facts.title, facts.issuer, facts.reference, rows, facts.note, facts.qr_text))


def _short(first: Entry, second: Entry | None = None) -> Row:
    if second is None:
        return Row((*pair(first.label, "".join(first.words)),))
    return pairs((first.label, "".join(first.words)), (second.label, "".join(second.words)))


_SAMPLE = ApplicationFormFacts(
    title="食品小作坊登记申请书",
    issuer="致：常州市金坛区市场监督管理局",
    reference="档案204-0012",
    asked_for=("新办", "变更", "延续", "补发", "注销"),
    asked="新办",
    short=(
        Entry("名称", ("金城镇石桥张记豆制品作坊",)),
        Entry("经营者", ("张𬭎",)),
        Entry("证件号码", ("3204821990****0019",)),
        Entry("联系电话", ("138****0019",)),
        Entry("信用代码", ("92320413MA1T000133",)),
        Entry("所属村", ("石桥村",)),
        Entry("从业人数", ("3",)),
        Entry("持健康证", ("3",)),
    ),
    long=(
        Entry("地址", ("金城镇石桥村东巷18号",)),
        Entry("品种", ("豆制品（豆腐、百叶、豆腐干）",)),
    ),
    materials=(
        "登记申请书",
        "营业执照复印件",
        "身份证明复印件及联系方式",
        "从业人员健康证明",
        "生产工艺流程图或者说明",
        "生产加工品种目录",
        "食品安全承诺书",
    ),
    given=("登记申请书", "营业执照复印件", "身份证明复印件及联系方式"),
    promise=(
        "本人（单位）申请食品小作坊登记，承诺：所填内容和所交材料真实、有效；按照食品安全法律法规从事生产经营，"
        "对食品安全负责；登记内容变化的，及时申请变更。提供虚假材料的，依法承担责任。",
    ),
    note="用黑色笔填写，选择项打√；已由系统填好的，请核对，有误的划线改正并签名。证件号码按规则遮盖，办理时核对原件。",
    qr_text="204-0012",
)

DOCUMENT = Document(
    code="application_form",
    title="登记申请书",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        title="食品生产加工小作坊登记申请书",
        issuer="致：新疆维吾尔自治区喀什地区巴楚县市场监督管理局",
        reference="档案320413-204-9999",
        asked=None,
        short=(
            Entry("名称", ("常州市金坛区金城镇石桥新村老街张记豆制品加工作坊",)),
            Entry("经营者", ("阿卜杜喀迪尔·阿卜杜热合曼江",)),
            Entry("证件号码", ("6531011985****351X",)),
            Entry("联系电话", ("138****0019",)),
            Entry("信用代码", ("92320413MA1WWWWW8W",)),
            Entry("所属村", ("金城镇柳塘新村社区",)),
            Entry("从业人数"),
            Entry("持健康证"),
            Entry("经营时段", ("5:00—9:30，17:30—次日1:00",)),
        ),
        long=(
            Entry(
                "地址",
                (
                    "江苏省常州市金坛区金城镇石桥村民委员会东侧老街东巷第三村民小组18号旁一层临街厂房（原第二粮站仓库）",
                ),
            ),
            Entry(
                "品种",
                (
                    "烤羊肉串、烤馕、烤包子、手抓饭、凉皮、凉粉、酸奶、切糕、葡萄干、巴旦木、大盘鸡、" * 4
                    + "馄饨",
                ),
            ),
        ),
        given=(),
        qr_text="320413-2049999",
    ),
    draw=draw,
)

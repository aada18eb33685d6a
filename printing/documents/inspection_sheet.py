"""监督检查记录表: the check list of a trade, filled in or to be filled in on the spot (DOMAIN.md §4.5)."""

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from printing.blocks import require
from printing.case_facts import LONGEST_PARTY, SAMPLE_PARTY, Party, day_words, require_party
from printing.document import Document
from printing.fonts import Face
from printing.geometry import A4, Align
from printing.page import Page
from printing.record_cells import Form, Label, Row, Signing, Text, Tick, Ticks, pairs, passage
from printing.record_form import draw_form
from printing.wording import NOT_APPLICABLE

_ROW = 7.0


class CheckAnswer(Enum):
    """What was found about an item; on a blank sheet nothing yet."""

    OPEN = ""
    YES = "是"
    NO = "否"
    NOT_APPLICABLE = "合理缺项"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One item of the check list with its answer."""

    text: str
    is_starred: bool
    answer: CheckAnswer = CheckAnswer.OPEN
    remark: str = ""


@dataclass(frozen=True, slots=True)
class InspectionSheetFacts:
    """What the sheet says; a blank one has no day and no answers, and a code to find the record again."""

    title: str
    issuer: str
    reference: str
    modes: tuple[str, ...]
    mode: str | None
    party: Party
    paper_number: tuple[str, ...]
    inspected_on: date | None
    inspectors: tuple[str, ...]
    told: tuple[str, ...]
    items: tuple[CheckLine, ...]
    results: tuple[str, ...]
    result: str | None
    found: tuple[str, ...]
    measures: tuple[str, ...]
    chosen_measures: tuple[str, ...]
    score: str = ""
    refusal: tuple[str, ...] = ()
    note: str = ""
    qr_text: str = ""


def draw(page: Page, facts: InspectionSheetFacts) -> None:
    """Draw the sheet; a row of items never splits, the head stands over them again on a further page."""
    require_party(page, facts.party)
    require(page, ("检查内容", "".join(item.text for item in facts.items)))
    if facts.inspected_on is not None:
        require(page, ("检查人", "".join(facts.inspectors)), ("检查结果", facts.result or ""))
    party = facts.party
    refused = Signing(
        facts.refusal, ("被检查人（签名）：", "拒绝签名的原因：", "见证人（签名）："), about="拒绝签名"
    )
    signed = Signing(signatures=("检查人1（签名、证件号）：", "检查人2（签名、证件号）："))
    operator = f"{party.operator}　{party.phone}".strip()
    rows = (
        Row((Label("检查方式"), Ticks(facts.modes, (facts.mode,) if facts.mode else ()))),
        pairs(("名称", party.name), ("登记编号", "".join(facts.paper_number) or NOT_APPLICABLE)),
        pairs(("经营地址", party.address), ("经营者", operator)),
        pairs(("检查日期", day_words(facts.inspected_on)), ("检查人", "、".join(facts.inspectors)), width=62),
        Row(
            (Label("告知"), Text(facts.told, about="告知", size=9.5), Ticks(("申请回避", "不申请"), width=44))
        ),
        *_item_rows(facts.items),
        _result_row(facts),
        passage("发现问题", *facts.found, height=14),
        Row((Label("处理意见"), Ticks(facts.measures, facts.chosen_measures))),
        Row((Label("签名"), signed, refused)),
    )
    form = Form(facts.title, facts.issuer, facts.reference, rows, facts.note, facts.qr_text)
    draw_form(page, form)


def _result_row(facts: InspectionSheetFacts) -> Row:
    """Return the result, and beside it the score where the list has scores."""
    chosen = (facts.result,) if facts.result else ()
    if not facts.score:
        return Row((Label("检查结果"), Ticks(facts.results, chosen)))
    score = Text((facts.score,), 52, about="得分")
    return Row((Label("检查结果"), Ticks(facts.results, chosen), score))


def _item_rows(items: tuple[CheckLine, ...]) -> tuple[Row, ...]:
    heads = (
        ("序号", 11),
        ("检查内容", 0),
        ("重点", 12),
        ("是", 11),
        ("否", 11),
        ("合理缺项", 18),
        ("备注", 19),
    )
    head = Row(tuple(Label(text, width, is_head=True) for text, width in heads), 8.5)
    return (head, *(_item_row(place, item, head) for place, item in enumerate(items, start=1)))


def _item_row(place: int, item: CheckLine, head: Row) -> Row:
    def middle(text: str, width: float, about: str) -> Text:
        shown = (text,) if text else ()
        return Text(shown, width, Align.CENTRE, Face.SONG, about, 9.5)

    return Row(
        (
            middle(str(place), 11, "序号"),
            Text((item.text,), face=Face.SONG, about=f"第{place}项", size=10),
            middle("★" if item.is_starred else "", 12, "重点"),
            Tick(11, item.answer is CheckAnswer.YES),
            Tick(11, item.answer is CheckAnswer.NO),
            Tick(18, item.answer is CheckAnswer.NOT_APPLICABLE),
            middle(item.remark, 19, f"第{place}项的备注"),
        ),
        _ROW,
        head,
    )


_TEXTS = (
    ("持有登记卡，且公示在店内显著位置", True),
    ("持续保持登记时的经营条件", False),
    ("在登记的经营项目内经营，没有超范围", False),
    ("没有采购、使用不安全的食品和原料", True),
    ("从业人员持有效健康证明", False),
    ("工作时穿戴清洁的工作衣帽", False),
    ("食品和原料进货查验，留存票据", False),
    ("餐饮具、工用具清洗消毒，保洁存放", False),
    ("加工制售符合操作规范，生熟分开", False),
    ("没有过期的食品和原料", True),
    ("食品添加剂专柜存放，使用有记录", False),
    ("没有国家禁止经营的食品", True),
    ("刀具、砧板等按颜色分类使用", False),
    ("店内环境整洁，防蝇、防鼠设施有效", False),
    ("提供公勺公筷，有文明用餐提示", False),
)


def _answer(place: int) -> tuple[CheckAnswer, str]:
    if place == 9:
        return CheckAnswer.NO, "见下"
    return (CheckAnswer.NOT_APPLICABLE if place == 11 else CheckAnswer.YES), ""


_SAMPLE = InspectionSheetFacts(
    title="食品小餐饮监督检查记录表",
    issuer="金城镇食品安全委员会办公室",
    reference="检查46",
    modes=("日常", "突击检查", "随机抽查", "交叉检查", "联合检查", "投诉"),
    mode="日常",
    party=replace(SAMPLE_PARTY, name="柳塘老街面馆", operator="陆小满", trade="食品小餐饮"),
    paper_number=("CY32041310020180021",),
    inspected_on=date(2018, 7, 12),
    inspectors=("陈国华", "何玉珍"),
    told=("检查人员2人以上，已出示证件；你有权申请有利害关系的检查人员回避。",),
    items=tuple(
        CheckLine(text, is_starred, *_answer(place))
        for place, (text, is_starred) in enumerate(_TEXTS, start=1)
    ),
    results=("符合", "基本符合", "不符合"),
    result="基本符合",
    found=("第9项：切配台上生熟食品共用1块砧板。当场更换砧板，并张贴分色使用提示。",),
    measures=("无需处理", "当场改正", "发整改文书", "移送处理"),
    chosen_measures=("当场改正",),
    note="★为重点项；重点项有1项为“否”，或者一般项有4项以上为“否”的，结果为不符合。一式两份，一份交被检查人，一份存档。",
)

DOCUMENT = Document(
    code="inspection_sheet",
    title="监督检查记录表",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        title="食品生产加工小作坊监督检查记录表",
        issuer="常州市金坛区金城镇食品安全委员会办公室",
        reference="档案100-1000",
        qr_text="JC-100-1000",
        mode=None,
        party=LONGEST_PARTY,
        paper_number=("ZF32041310020189999",),
        inspected_on=None,
        inspectors=(),
        items=tuple(
            CheckLine(
                "进货记录齐全：名称、规格、数量、批号或者生产日期、保质期、进货日期、供货者名称、地址、联系方式",
                is_starred,
            )
            for _, is_starred in _TEXTS * 2
        ),
        result=None,
        found=(),
        chosen_measures=(),
    ),
    draw=draw,
)

"""基本情况调查表, filled: what the last survey answered, for the file and for the operator's signature."""

from dataclasses import dataclass, replace

from printing.blocks import require
from printing.document import Document
from printing.geometry import A4
from printing.page import Page
from printing.record_cells import WIDTH, Form, Label, Row, Signing, pair, pairs
from printing.record_form import draw_form
from printing.wording import NOT_APPLICABLE

_SHORT = 14
"""Up to how many characters an answer shares its line with another."""


@dataclass(frozen=True, slots=True)
class AnsweredSection:
    """A part of the form: its title, and each question with the answer as people read it."""

    title: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SurveyRecordFacts:
    """What the form says. Personal numbers arrive masked; an answer that nobody gave is empty."""

    title: str
    issuer: str
    reference: str
    sections: tuple[AnsweredSection, ...]
    signatures: tuple[str, ...]
    note: str
    qr_text: str = ""


def draw(page: Page, facts: SurveyRecordFacts) -> None:
    """Draw the form; short answers stand two in a row."""
    answers = [answer for section in facts.sections for answer in section.answers]
    require(page, ("调查内容", "".join(words for _, words in answers)))
    rows = [row for section in facts.sections if section.answers for row in _section(section)]
    signed = tuple(Signing(signatures=(label,)) for label in facts.signatures)
    form = Form(
        facts.title,
        facts.issuer,
        facts.reference,
        (*rows, Row((Label("签名"), *signed), 20)),
        facts.note,
        facts.qr_text,
    )
    draw_form(page, form)


def _section(section: AnsweredSection) -> list[Row]:
    head = Row((Label(section.title, WIDTH, is_head=True),), 7.5)
    rows = [head]
    waiting: tuple[str, str] | None = None
    for label, words in section.answers:
        shown = (label, words or NOT_APPLICABLE)
        if len(words) > _SHORT:
            if waiting is not None:
                rows.append(_alone(*waiting, head))
                waiting = None
            rows.append(_alone(*shown, head))
        elif waiting is None:
            waiting = shown
        else:
            rows.append(replace(pairs(waiting, shown, width=59), head=head))
            waiting = None
    if waiting is not None:
        rows.append(_alone(*waiting, head))
    return rows


def _alone(label: str, words: str, head: Row) -> Row:
    return Row((*pair(label, words),), head=head)


_SAMPLE = SurveyRecordFacts(
    title="金坛区食品小摊贩基本情况调查表",
    issuer="柳塘村",
    reference="档案204-0037",
    sections=(
        AnsweredSection(
            "名称与地点",
            (
                ("名称", ""),
                ("所属村（社区）", "柳塘村"),
                ("地址", "金城镇柳塘路早餐点A06摊位"),
                ("摊位编号", "A06"),
            ),
        ),
        AnsweredSection(
            "经营者",
            (
                ("经营者姓名", "张𬭎"),
                ("证件类型", "居民身份证"),
                ("身份证号", "3204821990****0019"),
                ("联系电话", "138****0019"),
                ("户籍", "本地"),
            ),
        ),
        AnsweredSection(
            "品种与经营",
            (
                ("品种", "油条、豆浆、蒸包"),
                ("经营项目", "热食、自制饮品"),
                ("摊贩类型", "早夜市"),
                ("经营时段", "5:00—9:30"),
            ),
        ),
        AnsweredSection(
            "存在问题与意见",
            (
                ("存在问题", "无证生产经营"),
                ("处置意见", "督促办证"),
                ("调查人", "陈国华、何玉珍"),
                ("调查日期", "2018年5月29日"),
            ),
        ),
    ),
    signatures=("调查人（签名）：", "被调查人（签名）："),
    note="本表由系统按最近一次调查印出，证件号码、电话按规则遮盖；有误的划线改正并签名。",
    qr_text="204-0037",
)

DOCUMENT = Document(
    code="survey_record",
    title="基本情况调查表（已填）",
    sheet=A4,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        title="常州市金坛区食品小作坊基本情况调查表",
        issuer="金城镇柳塘新村社区居民委员会",
        reference="档案320413-204-9999",
        sections=tuple(
            AnsweredSection(
                title,
                (
                    ("单位（店、摊）名称", "常州市金坛区金城镇石桥新村老街张记豆制品加工作坊"),
                    ("统一社会信用代码", "92320413MA1WWWWW8W"),
                    ("从业人数", "12"),
                    ("其中持有效健康证人数", "12"),
                    (
                        "主要原料来源",
                        "本地农户种植的黄豆、绿豆，经合作社统一收购；外购原料向区粮油批发市场有证的供货者采购，"
                        * 4,
                    ),
                    ("面积", "86.5 ㎡"),
                ),
            )
            for title in ("名称与地点", "经营者", "从业人员", "场所与设施", "品种与经营", "食品安全状况")
        ),
        qr_text="320413-2049999",
    ),
    draw=draw,
)

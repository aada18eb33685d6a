"""What the rule pack says about papers: who issues those of registration, and the words of all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter

from desktop.domain.forms import Source
from desktop.domain.strict_toml import StrictTable

PAPERWORK = (
    "acceptance_slip",
    "application_form",
    "card_small",
    "certificate_duplicate",
    "closing_out_approval",
    "completion_notice",
    "correction_order",
    "county_exchange_book",
    "decision_list",
    "display_sheet",
    "dossier",
    "exchange_book",
    "exchange_reminder",
    "extension_approval",
    "inspection_sheet",
    "look_back_record",
    "message_collect",
    "message_due",
    "message_expiring",
    "rectification_notice",
    "rectification_report",
    "refusal_decision",
    "reinspection_record",
    "roster",
    "service_receipt",
    "shutdown_notice",
    "shutdown_record",
    "signing_sheet",
    "site_check_record",
    "survey_record",
    "transfer_letter",
)
"""The papers whose words a rule pack may state, by the code that prints them."""

OF_APPLICATIONS = ("acceptance_slip", "completion_notice", "refusal_decision")
"""The papers whose words may differ by trade: a card that is no permit rests on other law."""

OPTION_COUNTS = {"inspection_sheet": 4, "look_back_record": 4, "reinspection_record": 4}
"""Papers whose options the program ticks by their place, and how many they must have."""

WORDS = frozenset(
    {
        "申请日",
        "受理日",
        "决定日",
        "办理日",
        "类别",
        "事项",
        "证卡",
        "决定期限",
        "决定截止",
        "发证期限",
        "依据",
        "材料",
        "缺少材料",
        "理由",
        "复议机关",
        "联系单位",
        "机关",
    }
)
"""What may stand in braces in a paper of registration; the record puts its own facts there."""

WORDS_OF: Mapping[str, frozenset[str]] = {
    "closing_out_approval": frozenset({"批准人"}),
    "correction_order": frozenset(
        {"检查日", "行为", "违反", "依据", "期限", "改正内容", "后果", "复议机关", "联系单位"}
    ),
    "county_exchange_book": frozenset({"乡镇", "县", "月份", "联系单位"}),
    "exchange_book": frozenset({"村", "月份", "截止日", "联系单位"}),
    "exchange_reminder": frozenset({"村", "月份", "截止日", "联系单位"}),
    "extension_approval": frozenset({"延期至"}),
    "inspection_sheet": frozenset({"类别"}),
    "look_back_record": frozenset(),
    "message_collect": frozenset({"经营者", "名称", "编号", "证卡", "日期", "联系单位"}),
    "message_due": frozenset({"经营者", "名称", "编号", "日期", "联系单位"}),
    "message_expiring": frozenset({"经营者", "名称", "编号", "证卡", "日期", "联系单位"}),
    "rectification_notice": frozenset({"检查日", "检查", "发现", "问题", "期限", "联系单位"}),
    "rectification_report": frozenset(),
    "reinspection_record": frozenset(),
    "service_receipt": frozenset(),
    "shutdown_notice": frozenset({"理由", "依据", "关停期限", "联系单位"}),
    "shutdown_record": frozenset(),
    "transfer_letter": frozenset({"当事人", "地址", "问题", "经过", "附件", "联系单位"}),
}
"""What may stand in braces in a paper of putting right, and in what goes out each month."""

LISTS_OF: Mapping[str, str] = {
    "correction_order": "改正内容",
    "rectification_notice": "问题",
    "transfer_letter": "问题",
}
"""The list that must stand alone in one paragraph of these papers, because it is drawn in points."""


@dataclass(frozen=True, slots=True)
class ReviewBody:
    """Whom one may ask for review of a paper, and on which days that held."""

    name: str
    effective_from: date
    effective_until: date
    source: Source


def review_body(reviews: Iterable[ReviewBody], on: date) -> str:
    """Return whom one may ask for review of a paper of that day; empty where the rule pack has none."""
    found = (one.name for one in reviews if one.effective_from <= on <= one.effective_until)
    return next(found, "")


@dataclass(frozen=True, slots=True)
class RegistrationIssuer:
    """Who takes applications of some trades, decides them and numbers the papers about it.

    ``act`` is what the law calls it: 登记 or 备案. ``reviews`` say whom an applicant who was
    refused may ask for review, by the law of the day.
    """

    trades: tuple[str, ...]
    issuer: str
    act: str
    number_word: str
    contact: str
    supervisor: str
    reviews: tuple[ReviewBody, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class PaperWording:
    """The words of one paper: title, the letter in its number, paragraphs, and the clauses it cites.

    ``options`` are what may be ticked on it; ``limit`` is how many items make a result not good.
    ``trades`` are those that it speaks of in words of their own; empty: all that have none of their own.
    """

    code: str
    trades: tuple[str, ...]
    title: str
    letter: str
    paragraphs: tuple[str, ...]
    laws: tuple[str, ...]
    note: str
    options: tuple[str, ...]
    limit: int
    laws_unmet: tuple[str, ...]
    """The clauses of a paper whose ground is an order that was not met; where it has none, ``laws``."""

    source: Source


def filled(
    paragraphs: Iterable[str], words: Mapping[str, str], lists: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Return paragraphs with their words put in; one that is a single list becomes a paragraph for each."""
    done: list[str] = []
    for paragraph in paragraphs:
        name = paragraph.removeprefix("{").removesuffix("}")
        done.extend(lists[name] if name in lists else (paragraph.format(**words),))
    return tuple(done)


def source_of(table: StrictTable) -> Source:
    """Return where the values of a table come from; none is taken without."""
    return Source(table.text("source", what="出处；没有出处的写“假定：……，请本单位确认”"))


def read_review_bodies(table: StrictTable) -> tuple[ReviewBody, ...]:
    """Read whom one may ask for review of the papers of an issuer or a family."""
    found: list[ReviewBody] = []
    for review in table.tables("review", may_be_missing=True):
        found.append(
            ReviewBody(
                review.text("name"),
                review.optional_day("effective_from") or date.min,
                review.optional_day("effective_until") or date.max,
                source_of(review),
            )
        )
        review.finish()
    return tuple(found)


def registration_issuers(top: StrictTable, trades: tuple[str, ...]) -> tuple[RegistrationIssuer, ...]:
    """Read who issues; a trade that is named twice is refused."""
    found: list[RegistrationIssuer] = []
    for table in top.tables("registration_issuer", may_be_missing=True):
        issuer = RegistrationIssuer(
            trades=table.some_of("trades", trades),
            issuer=table.text("issuer"),
            act=table.one_of("act", ("登记", "备案")),
            number_word=table.text("number_word"),
            contact=table.text("contact"),
            supervisor=table.text("supervisor"),
            reviews=read_review_bodies(table),
            source=source_of(table),
        )
        table.finish()
        if not review_body(issuer.reviews, date.max):
            raise table.refuse(
                "review", "缺复议机关，须写一段 [[registration_issuer.review]]，最后一段不写截止日期"
            )
        for trade in issuer.trades:
            if any(trade in other.trades for other in found):
                raise table.refuse("trades", f"“{trade}”已经写在别的登记机关下面，一类只能有一个")
        found.append(issuer)
    return tuple(found)


def paper_wordings(
    top: StrictTable, laws: Iterable[str], trades: tuple[str, ...]
) -> tuple[PaperWording, ...]:
    """Read the words of the papers; an unknown word in braces or an unknown clause is refused."""
    known = tuple(dict.fromkeys(laws))
    found: list[PaperWording] = []
    for table in top.tables("paper_wording", may_be_missing=True):
        wording = PaperWording(
            code=table.one_of("code", PAPERWORK),
            trades=table.some_of("trades", trades, ()),
            title=table.text("title"),
            letter=table.text("letter", ""),
            paragraphs=table.texts("paragraphs", ()),
            laws=table.some_of("laws", known, ()),
            note=table.text("note", ""),
            options=table.texts("options", ()),
            limit=table.integer("limit", 0),
            laws_unmet=table.some_of("laws_unmet", known, ()),
            source=source_of(table),
        )
        table.finish()
        for paragraph in (wording.title, *wording.paragraphs):
            refuse_unknown_words(table, "paragraphs", paragraph, WORDS_OF.get(wording.code, WORDS))
        listed = LISTS_OF.get(wording.code)
        if listed is not None and wording.paragraphs.count(f"{{{listed}}}") != 1:
            raise table.refuse("paragraphs", f"须有一段只写“{{{listed}}}”，各项在那里分条列出")
        count = OPTION_COUNTS.get(wording.code)
        if count is not None and len(wording.options) != count:
            raise table.refuse("options", f"应为 {count} 项，现有 {len(wording.options)} 项")
        if wording.trades and wording.code not in OF_APPLICATIONS:
            raise table.refuse("trades", f"只有登记文书可以按类别另写：{'、'.join(OF_APPLICATIONS)}")
        same = [other for other in found if other.code == wording.code]
        if any(set(other.trades) & set(wording.trades) or other.trades == wording.trades for other in same):
            raise table.refuse("code", f"“{wording.code}”写了两次，同一类的代码不能重复")
        found.append(wording)
    return tuple(found)


def refuse_unknown_words(table: StrictTable, key: str, paragraph: str, words: Iterable[str]) -> None:
    """Refuse a paragraph whose braces are broken, or hold a word that nobody fills in."""
    try:
        names = [name for _, name, _, _ in Formatter().parse(paragraph) if name is not None]
    except ValueError as wrong:
        raise table.refuse(key, f"花括号不成对，读不懂这一段：{paragraph}") from wrong
    for name in names:
        if name not in words:
            may = "、".join(sorted(words))
            raise table.refuse(key, f"不认识“{{{name}}}”；花括号里可以写：{may}")

"""Turns the text of a rule pack into a profile, or refuses it with file, line, key and what was expected."""

from collections.abc import Iterable, Mapping, Sequence
from re import fullmatch

from desktop.domain.act import Role
from desktop.domain.case_rules import read_breaches, read_receivers
from desktop.domain.countables import countables
from desktop.domain.forms import CORE_FIELDS, Choice, Question, QuestionType, Section, Source
from desktop.domain.masking import PRESETS
from desktop.domain.numbering import SCOPE_PARTS, NumberRule
from desktop.domain.paper_code import can_be_signed
from desktop.domain.paper_life import BanGround, LateRenewal, RenewedFrom
from desktop.domain.paperwork import paper_wordings, read_review_bodies, registration_issuers, source_of
from desktop.domain.profile import (
    Ban,
    CheckItem,
    CodeRule,
    DayKind,
    LegalBasis,
    Masking,
    NoticeFamily,
    PaperLife,
    PaperRow,
    PaperRule,
    Period,
    Profile,
    ProhibitedProduct,
    Trade,
    Validity,
)
from desktop.domain.risk import read_risk
from desktop.domain.strict_toml import StrictTable

PAPER_FACTS = (
    "name",
    "name_or_operator",
    "operator_name",
    "operator_id_number_masked",
    "business_licence_number",
    "address",
    "products",
    "trading_hours",
    "validity",
    "phone_masked",
)
"""The facts that a line of a certificate or card may show; never a full identity number or phone."""

REQUIRED_PERIODS = (
    "acceptance",
    "site_check",
    "decision",
    "hand_over",
    "rectification",
    "renewal_before_expiry",
    "late_entry",
)
"""The periods without which the program cannot work; a rule pack must state each."""


def parse_profile(text: str, file: str) -> Profile:
    """Read a rule pack; ``WrongFile`` names the first thing that is not as it must be."""
    top = StrictTable.of_text(text, file)
    head = top.table("profile")
    trade_tables = list(top.tables("trade"))
    kinds = tuple(table.text("code") for table in trade_tables)
    legal_basis = tuple(_law(table, kinds) for table in top.tables("law"))
    laws = tuple(basis.code for basis in legal_basis)
    trades = tuple(_trade(table, laws) for table in trade_tables)
    codes = tuple(trade.code for trade in trades)
    _refuse_twice(top, "trade", codes)
    sections = tuple(_section(table) for table in top.tables("section"))
    questions = _questions(top, sections, codes)
    check_items = tuple(_check_item(table, codes) for table in top.tables("check_item"))
    _refuse_twice(top, "check_item", [item.code for item in check_items])
    _refuse_some_scored(top, check_items, codes)
    asked = [(item.code, item.trades) for item in check_items]
    profile = Profile(
        name=head.text("name"),
        title=head.text("title"),
        province=head.text("province"),
        county=head.text("county"),
        township=head.text("township"),
        region_code=head.digits("region_code", 6),
        township_code=head.digits("township_code", 9),
        effective_from=head.day("effective_from"),
        office=head.text("office"),
        shutdown_authority=head.text("shutdown_authority"),
        trades=trades,
        sections=sections,
        questions=questions,
        periods=_periods(top),
        check_items=check_items,
        prohibited_products=tuple(
            _prohibited(table, codes) for table in top.tables("prohibited_product", may_be_missing=True)
        ),
        families=tuple(_family(table) for table in top.tables("family")),
        masking=_masking(top.table("masking")),
        code=_code(top.optional_table("code"), trades),
        legal_basis=legal_basis,
        registration_issuers=registration_issuers(top, codes),
        paper_wordings=paper_wordings(top, laws, codes),
        countables=countables(top),
        breaches=read_breaches(top, asked, laws, codes),
        receivers=read_receivers(top),
        risk=read_risk(top, codes),
        source=source_of(head),
    )
    head.finish()
    top.finish()
    _refuse_other_name(head, profile.name, file)
    _refuse_twice(top, "question", [question.code for question in questions])
    _refuse_unknown_facts(trade_tables, profile)
    return profile


def _trade(table: StrictTable, laws: tuple[str, ...]) -> Trade:
    trade = Trade(
        code=table.text("code"),
        label=table.text("label"),
        short_label=table.text("short_label"),
        survey_title=table.text("survey_title"),
        aliases=table.texts("aliases", ()),
        mandatory_facts=table.texts("mandatory_facts"),
        required_answers=table.texts("required_answers"),
        materials=table.texts("materials"),
        area_most_m2=table.optional_integer("area_most_m2"),
        people_most=table.optional_integer("people_most"),
        paper=_paper(table.table("paper"), laws),
        source=source_of(table),
    )
    table.finish()
    return trade


def _paper(table: StrictTable, laws: tuple[str, ...]) -> PaperRule:
    validity = table.table("validity")
    rows = []
    for row in table.tables("row"):
        is_optional = row.boolean("is_optional", default=False)
        rows.append(PaperRow(row.text("label"), row.one_of("fact", PAPER_FACTS), is_optional))
        row.finish()
    number = table.table("number")
    template = number.text("template")
    scope = number.some_of("scope", SCOPE_PARTS)
    try:
        NumberRule.parse(template, scope)
    except ValueError as wrong:
        raise number.refuse("template", str(wrong)) from wrong
    prefix, trade_digit = number.text("prefix", ""), number.text("trade_digit", "")
    for key, value, tokens in (("prefix", prefix, "{字头}"), ("trade_digit", trade_digit, "{类别")):
        if tokens in template and not value:
            raise number.refuse(key, f"编号规则“{template}”要用到它，不能是空的")
    rule = PaperRule(
        code=table.one_of("code", ("certificate", "card")),
        title=table.text("title"),
        layout=table.one_of("layout", ("certificate", "card")),
        number_label=table.text("number_label"),
        issuer=table.text("issuer"),
        issuer_label=table.text("issuer_label"),
        date_label=table.text("date_label"),
        seal_words=table.text("seal_words", "盖章"),
        copy_word=table.text("copy_word", ""),
        hotlines=table.texts("hotlines", ()),
        number_template=template,
        number_prefix=prefix,
        number_trade_digit=trade_digit,
        number_scope=scope,
        number_is_confirmed=number.boolean("is_confirmed"),
        validity=_term(validity),
        life=_life(table.table("life"), laws),
        expiring_days=table.integer("expiring_days", most=3_660),
        rows=tuple(rows),
        note=table.text("note"),
        accent=_colour(table, "accent"),
        source=source_of(table),
        sources={"number": source_of(number), "validity": source_of(validity)},
    )
    for finished in (number, validity, table):
        finished.finish()
    return rule


def _life(table: StrictTable, laws: tuple[str, ...]) -> PaperLife:
    bans = {}
    for ground in BanGround:
        ban = table.optional_table(f"ban_after_{ground.value}")
        if ban is None:
            continue
        law = ban.one_of("law", ("", *laws), "")
        binds_representative = ban.boolean("binds_representative", default=False)
        bans[ground] = Ban(_term(ban), law, source_of(ban), binds_representative)
        if bans[ground].term == Validity():
            raise ban.refuse("years", "禁业要写期限：years 或 months")
        ban.finish()
    life = PaperLife(
        late_renewal=LateRenewal(table.one_of("late_renewal", tuple(LateRenewal))),
        renewed_from=RenewedFrom(table.one_of("renewed_from", tuple(RenewedFrom))),
        new_paper_facts=table.some_of("new_paper_facts", PAPER_FACTS),
        bans=bans,
        source=source_of(table),
    )
    table.finish()
    return life


def _term(table: StrictTable) -> Validity:
    return Validity(years=table.integer("years", 0, most=100), months=table.integer("months", 0, most=1_200))


def _colour(table: StrictTable, key: str) -> str:
    colour = table.text(key)
    if not fullmatch("[0-9A-F]{6}", colour):
        raise table.refuse(key, f"应为六位颜色，如 17564A，现为“{colour}”")
    return colour


def _section(table: StrictTable) -> Section:
    section = Section(table.text("code"), table.text("label"))
    table.finish()
    return section


def _questions(top: StrictTable, sections: Iterable[Section], codes: tuple[str, ...]) -> tuple[Question, ...]:
    section_codes = tuple(section.code for section in sections)
    types = tuple(str(kind) for kind in QuestionType)
    return tuple(_question(table, section_codes, codes, types) for table in top.tables("question"))


def _question(
    table: StrictTable, sections: tuple[str, ...], trades: tuple[str, ...], types: tuple[str, ...]
) -> Question:
    kind = QuestionType(table.one_of("type", types))
    label = table.text("label")
    choices = table.optional_table("choices")
    question = Question(
        code=table.text("code"),
        label=label,
        header=table.text("header", label),
        section=table.one_of("section", sections),
        type=kind,
        trades=table.some_of("trades", trades, trades),
        choices=tuple(Choice(code, word) for code, word in choices.strings().items()) if choices else (),
        most=table.integer("most", 60, least=1),
        width=table.integer("width", 12, least=4),
        words=table.texts("words", ()),
        hint=table.text("hint", ""),
        source=source_of(table),
    )
    if (kind in {QuestionType.CHOICE, QuestionType.CHOICES}) != bool(question.choices):
        raise table.refuse("choices", '选择题要有 choices（代码 = "文字"），其他题不能有')
    table.finish()
    return question


def _periods(top: StrictTable) -> tuple[Period, ...]:
    periods = []
    for table in top.tables("period"):
        kind = DayKind(table.one_of("kind", tuple(str(kind) for kind in DayKind)))
        days = table.integer("days", least=1)
        periods.append(Period(table.text("code"), table.text("label"), days, kind, source_of(table)))
        table.finish()
    stated = {period.code for period in periods}
    for code in REQUIRED_PERIODS:
        if code not in stated:
            raise top.refuse("period", f"缺期限“{code}”，须写一段 [[period]]")
    return tuple(periods)


def _check_item(table: StrictTable, trades: tuple[str, ...]) -> CheckItem:
    text = table.text("text")
    item = CheckItem(
        code=table.text("code"),
        trades=table.some_of("trades", trades),
        text=text,
        finding=table.text("finding", text),
        is_starred=table.boolean("is_starred", default=False),
        days=table.integer("days", least=1),
        source=source_of(table),
        score=table.integer("score", 0),
    )
    table.finish()
    return item


def _refuse_some_scored(top: StrictTable, items: Sequence[CheckItem], trades: tuple[str, ...]) -> None:
    """Refuse a list of which only some items have a score: its sum would say nothing."""
    for trade in trades:
        mine = [(place, item) for place, item in enumerate(items) if trade in item.trades]
        for place, item in mine:
            if bool(item.score) is not bool(mine[0][1].score):
                words = f"“{trade}”的检查项目要么每项都写分值（score），要么都不写"
                raise top.refuse(f"check_item[{place}].code", words)


def _prohibited(table: StrictTable, trades: tuple[str, ...]) -> ProhibitedProduct:
    product = ProhibitedProduct(
        word=table.text("word"),
        unless=table.texts("unless", ()),
        trades=table.some_of("trades", trades),
        source=source_of(table),
    )
    table.finish()
    return product


def _family(table: StrictTable) -> NoticeFamily:
    family = NoticeFamily(
        code=table.one_of("code", ("township", "market")),
        label=table.text("label"),
        issuer=table.text("issuer"),
        notice_title=table.text("notice_title"),
        number_word=table.text("number_word"),
        copy_to=table.text("copy_to", ""),
        contact=table.text("contact", ""),
        signed_by=tuple(Role(role) for role in table.some_of("signed_by", tuple(map(str, Role)))),
        reviews=read_review_bodies(table),
        source=source_of(table),
    )
    table.finish()
    return family


def _masking(table: StrictTable) -> Masking:
    presets = tuple(PRESETS)
    masking = Masking(
        identity_number=table.one_of("identity_number", presets),
        phone=table.one_of("phone", presets),
        name_in_public=table.one_of("name_in_public", presets),
        address_in_public=table.one_of("address_in_public", ("village", "whole")),
        source=source_of(table),
    )
    table.finish()
    return masking


def _code(table: StrictTable | None, trades: Iterable[Trade]) -> CodeRule:
    """Read what the QR holds; a rule pack that says nothing has plain lines."""
    if table is None:
        return CodeRule("plain", "", Source("假定：规则包没有写二维码的内容，按明码印"))
    rule = CodeRule(
        table.one_of("content", ("signed", "plain", "url")), table.text("url", ""), source_of(table)
    )
    table.finish()
    is_address = fullmatch(r"https?://[!-~]*\{number\}[!-~]*", rule.url) is not None
    if rule.content == "url" and not is_address:
        raise table.refuse("url", "应为网址，编号的位置写 {number}，如 https://example.cn/card?no={number}")
    if rule.content != "url" and rule.url:
        raise table.refuse("url", '只有 content = "url" 时才写网址')
    for trade in trades:
        if rule.content == "signed" and not can_be_signed(trade.code):
            raise table.refuse("content", f"签名的码要求类别代码只用小写字母和数字，现有“{trade.code}”")
    return rule


def _law(table: StrictTable, kinds: tuple[str, ...]) -> LegalBasis:
    law = LegalBasis(
        code=table.text("code"),
        title=table.text("title"),
        article=table.text("article"),
        says=table.text("says"),
        effective_from=table.day("effective_from"),
        effective_until=table.optional_day("effective_until"),
        source=source_of(table),
        trades=table.some_of("trades", kinds, ()),
    )
    table.finish()
    return law


def _refuse_other_name(head: StrictTable, name: str, file: str) -> None:
    """Refuse a rule pack that calls itself otherwise than its file: it is found by the file's name."""
    expected = file.removesuffix(".toml")
    if name != expected:
        raise head.refuse("name", f"应与文件名一致，写“{expected}”，现为“{name}”")


def _refuse_twice(top: StrictTable, key: str, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for position, code in enumerate(codes):
        if code in seen:
            raise top.refuse(f"{key}[{position}].code", f"“{code}”写了两次，代码不能重复")
        seen.add(code)


def _refuse_unknown_facts(tables: Iterable[StrictTable], profile: Profile) -> None:
    """Refuse a trade that demands facts its form does not ask for."""
    for table, trade in zip(tables, profile.trades, strict=True):
        asked: Mapping[str, Question] = {q.code: q for q in profile.questions if trade.code in q.trades}
        for key, facts in (
            ("mandatory_facts", trade.mandatory_facts),
            ("required_answers", trade.required_answers),
        ):
            for fact in facts:
                if fact not in asked:
                    raise table.refuse(key, f"调查表里没有“{fact}”这一问，不能要求它")
        for core in CORE_FIELDS - {"name", "paper_number", "remark", "area_m2"} - set(asked):
            raise table.refuse("code", f"“{trade.label}”的调查表缺基本项“{core}”")

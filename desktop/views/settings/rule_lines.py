"""Every value of the rule pack as a line: what it is, what it says, and where it comes from."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from desktop.domain.forms import Source
from desktop.domain.profile import DayKind, PaperRule, Profile, Trade


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One value of the rule pack."""

    group: str
    what: str
    value: str
    source: Source


def rule_lines(profile: Profile) -> tuple[RuleLine, ...]:
    """Return all values in the order of the file."""
    return tuple(line for part in _PARTS for line in part(profile))


def _office(profile: Profile) -> Iterator[RuleLine]:
    facts = {
        "规则包": f"{profile.title}（{profile.name}）",
        "省、县、乡镇": f"{profile.province}{profile.county}{profile.township}",
        "区划代码": f"{profile.region_code}，{profile.township_code}",
        "施行日期": profile.effective_from.isoformat(),
        "主管单位": profile.office,
        "取缔由谁决定": profile.shutdown_authority,
    }
    for what, value in facts.items():
        yield RuleLine("本单位", what, value, profile.source)


def _trades(profile: Profile) -> Iterator[RuleLine]:
    for trade in profile.trades:
        group = trade.short_label
        yield RuleLine(group, "名称", trade.label, trade.source)
        yield RuleLine(group, "调查表", trade.survey_title, trade.source)
        yield RuleLine(group, "也叫", "、".join(trade.aliases), trade.source)
        yield RuleLine(group, "发证前必填", _labels(profile, trade.mandatory_facts), trade.source)
        yield RuleLine(group, "申请材料", "、".join(trade.materials), trade.source)
        if limits := _limits(trade):
            yield RuleLine(group, "规模上限", limits, trade.source)
        yield from _paper(group, trade.paper)


def _paper(group: str, rule: PaperRule) -> Iterator[RuleLine]:
    number = rule.sources.get("number", rule.source)
    validity = rule.sources.get("validity", rule.source)
    unconfirmed = "" if rule.number_is_confirmed else "（待本单位确认）"
    yield RuleLine(group, "证卡", f"《{rule.title}》", rule.source)
    yield RuleLine(group, rule.issuer_label, rule.issuer, rule.source)
    yield RuleLine(group, "编号规则", f"{rule.number_template}{unconfirmed}", number)
    yield RuleLine(group, "有效期", rule.validity.label, validity)
    yield RuleLine(group, "提前多久算临期", f"{rule.expiring_days} 天", rule.source)
    yield RuleLine(group, "证卡上的说明", rule.note, rule.source)
    yield RuleLine(group, "投诉电话", "、".join(rule.hotlines), rule.source)


def _periods(profile: Profile) -> Iterator[RuleLine]:
    for period in profile.periods:
        unit = "个工作日" if period.kind is DayKind.WORKDAYS else "天（自然日）"
        yield RuleLine("期限", period.label, f"{period.days} {unit}", period.source)


def _families(profile: Profile) -> Iterator[RuleLine]:
    for family in profile.families:
        value = f"{family.issuer}，《{family.notice_title}》"
        yield RuleLine("整改文书", family.label, value, family.source)


def _checks(profile: Profile) -> Iterator[RuleLine]:
    labels = {trade.code: trade.short_label for trade in profile.trades}
    for item in profile.check_items:
        star = "★ " if item.is_starred else ""
        trades = "、".join(labels.get(code, code) for code in item.trades)
        value = f"{star}{item.text}（{trades}，不符合限 {item.days} 天）"
        yield RuleLine("检查项目", item.code, value, item.source)


def _products(profile: Profile) -> Iterator[RuleLine]:
    labels = {trade.code: trade.short_label for trade in profile.trades}
    for product in profile.prohibited_products:
        trades = "、".join(labels.get(code, code) for code in product.trades)
        unless = f"；不算：{'、'.join(product.unless)}" if product.unless else ""
        yield RuleLine("禁止品种", product.word, f"{trades}不得生产经营{unless}", product.source)


_CODES = {"signed": "签名的核验码", "plain": "明码", "url": "网址"}


def _code(profile: Profile) -> Iterator[RuleLine]:
    rule = profile.code
    yield RuleLine("二维码", "内容", f"{_CODES[rule.content]}{rule.url}", rule.source)


def _masking(profile: Profile) -> Iterator[RuleLine]:
    masking = profile.masking
    yield RuleLine("号码遮盖", "身份证号", masking.identity_number, masking.source)
    yield RuleLine("号码遮盖", "电话", masking.phone, masking.source)
    yield RuleLine("号码遮盖", "公示时的姓名", masking.name_in_public, masking.source)
    address = "只写到村（社区）" if masking.address_in_public == "village" else "写全"
    yield RuleLine("号码遮盖", "公示时的地址", address, masking.source)


def _questions(profile: Profile) -> Iterator[RuleLine]:
    labels = {trade.code: trade.short_label for trade in profile.trades}
    for question in profile.questions:
        trades = "、".join(labels.get(code, code) for code in question.trades)
        choices = "、".join(choice.label for choice in question.choices)
        value = f"{trades}{f'；可选：{choices}' if choices else ''}"
        yield RuleLine("摸底问题", question.label, value, question.source)


def _laws(profile: Profile) -> Iterator[RuleLine]:
    for basis in profile.legal_basis:
        until = f"至 {basis.effective_until}" if basis.effective_until else "起"
        value = f"{basis.article}：{basis.says}（{basis.effective_from} {until}）"
        yield RuleLine("法规依据", basis.title, value, basis.source)


def _limits(trade: Trade) -> str:
    area = f"面积 {trade.area_most_m2} ㎡ 以内" if trade.area_most_m2 is not None else ""
    people = f"从业 {trade.people_most} 人以内" if trade.people_most is not None else ""
    return "，".join(part for part in (area, people) if part)


def _labels(profile: Profile, codes: Iterable[str]) -> str:
    names = {question.code: question.label for question in profile.questions}
    return "、".join(names.get(code, code) for code in codes)


_PARTS: tuple[Callable[[Profile], Iterator[RuleLine]], ...] = (
    _office,
    _trades,
    _periods,
    _families,
    _checks,
    _products,
    _code,
    _masking,
    _laws,
    _questions,
)

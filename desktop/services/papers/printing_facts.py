"""From an issued paper to the facts that its document draws; the rule pack gives every word."""

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from desktop.domain.numbering import NumberRule
from desktop.domain.profile import Profile
from desktop.models.registration import Paper
from desktop.services.signing.signer import specimen
from printing.wording import period

if TYPE_CHECKING:
    from printing.registration import RegistrationFacts

_WRAPPING = frozenset({"name", "address", "products"})
_MOST_OF_NAME = 30
"""Characters of a name in a plain code, so that its modules can be read on the smallest paper but one."""

_CAPTIONS = {"signed": "登记机关核验码", "plain": "扫码核对登记信息", "url": "扫码核对登记信息"}


def registration_facts(paper: Paper, profile: Profile) -> "RegistrationFacts":
    """Return what the certificate or card of an issued paper says."""
    from printing.registration import RegistrationFacts, Row  # draws with ReportLab, which is slow to load

    rule = profile.trade(paper.kind).paper
    facts = {**paper.facts, "validity": period(paper.valid_from, paper.valid_until)}
    return RegistrationFacts(
        title=rule.title,
        number_label=rule.number_label,
        number=NumberRule.parse(rule.number_template, rule.number_scope).grouped(paper.number),
        rows=tuple(
            Row(row.label, facts.get(row.fact, ""), may_wrap=row.fact in _WRAPPING, fact=row.fact)
            for row in rule.rows
            if facts.get(row.fact) or not row.is_optional
        ),
        issuer_label=rule.issuer_label,
        issuer=rule.issuer,
        date_label=rule.date_label,
        issued_on=paper.issued_on,
        date_word=paper.facts.get("date_word", ""),
        note=rule.note,
        accent=rule.accent,
        seal_word=f"（{rule.seal_words}）",
        hotlines=rule.hotlines,
        copy_word=rule.copy_word,
        qr_text=_code_text(paper, profile),
        qr_caption=_CAPTIONS[profile.code.content],
    )


def facts_in_form(paper: Paper, form: str, profile: Profile) -> "RegistrationFacts":
    """Return what an issued paper says in another form of it: a pocket card has a note of its own."""
    facts = registration_facts(paper, profile)
    wording = profile.wording(form, paper.kind) if form != paper.code else None
    return replace(facts, note=wording.note) if wording is not None else facts


def _code_text(paper: Paper, profile: Profile) -> str:
    """Return what the code on a paper says: never an identity number, never a phone.

    What was not signed yet is a proof, which carries a specimen; ``Papers`` prints none of those.
    """
    if profile.code.content == "signed":
        return paper.signed_code or specimen(paper, profile)
    if profile.code.content == "url":
        return profile.code.url.replace("{number}", quote(paper.number, safe=""))
    return "\n".join(plain_lines(paper, profile))


def plain_lines(paper: Paper, profile: Profile) -> list[str]:
    """Return the lines of a plain code: number, name, trade, last day, issuer.

    A name that is too long for it ends with …, as in a signed code: the number tells whose it is.
    """
    name = paper.facts["name_or_operator"]
    if len(name) > _MOST_OF_NAME:
        name = f"{name[: _MOST_OF_NAME - 1]}…"
    trade = profile.trade(paper.kind)
    until = "长期" if paper.valid_until is None else paper.valid_until.isoformat()
    return [paper.number, name, trade.short_label, until, trade.paper.issuer]

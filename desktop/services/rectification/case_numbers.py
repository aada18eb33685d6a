"""The numbers of letters about cases (文号), given with the step inside its own transaction."""

from datetime import date

from sqlalchemy.orm import Session

from desktop.domain.case_rules import Receiver
from desktop.domain.profile import NoticeFamily, Profile
from desktop.errors import NotAllowedError, UserError
from desktop.services.numbers.serials import next_serial
from desktop.services.rights import Actor


def next_number(session: Session, word: str, on: date) -> str:
    """Return the next number under a word, as 金食安办告〔2018〕12号: per word and year, without gaps."""
    return f"{word}〔{on.year}〕{next_serial(session, f'order:{word}:{on.year}')}号"


def letter_number(session: Session, profile: Profile, code: str, on: date) -> str:
    """Return the next number of a letter of the office; empty where the rule pack gives it none."""
    wording = profile.wording(code)
    return next_number(session, wording.letter, on) if wording and wording.letter else ""


def family_for(profile: Profile, code: str | None, by: Actor) -> NoticeFamily:
    """Return the family an order goes out in: the one named, else the first that this person may sign."""
    families = profile.families
    if not code:
        return next((family for family in families if may_sign(family, by)), families[0])
    for family in families:
        if family.code == code:
            return family
    known = "、".join(f"{family.code}（{family.label}）" for family in families)
    raise UserError(f"没有“{code}”这种发文单位；可用：{known}")


def may_sign(family: NoticeFamily, by: Actor) -> bool:
    """Tell whether this person may sign in the name of a family's issuer."""
    return bool(by.roles & set(family.signed_by))


def require_signer(family: NoticeFamily, by: Actor) -> None:
    """Refuse whoever may not sign in the name of a family's issuer (DOMAIN.md fact 7)."""
    if not may_sign(family, by):
        who = "、".join(role.label for role in family.signed_by)
        raise NotAllowedError(
            f"“{by.name}”的账号不能以“{family.issuer}”的名义出具《{family.notice_title}》；"
            f"由{who}签发，请交有权的单位办理，或者换一种文书"
        )


def receiver_for(profile: Profile, typed: str, note: str) -> Receiver:
    """Return who takes a case over: the one named, else the only one whose name stands in the note.

    A note that names none goes to the first of the rule pack, who may punish; one that names several is
    refused.
    """
    receivers = profile.receivers
    if typed.strip():
        for receiver in receivers:
            if typed.strip() in {receiver.code, receiver.name, *receiver.words}:
                return receiver
        known = "、".join(f"{one.code}（{one.name}）" for one in receivers)
        raise UserError(f"没有“{typed}”这个接收单位；可用：{known}")
    named = [one for one in receivers if any(word in note for word in (one.name, *one.words))]
    if len(named) > 1:
        names = "、".join(one.name for one in named)
        raise UserError(f"移送原因里写到了几个单位（{names}），请选定移送给哪一个（--to）")
    return named[0] if named else receivers[0]

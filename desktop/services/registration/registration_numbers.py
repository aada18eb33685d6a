"""The numbers of papers about applications (文号), given with the step inside its own transaction."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from desktop.domain.profile import Profile
from desktop.services.numbers.serials import next_serial

PAPER_OF_STEP: Mapping[str, str] = {
    "accept": "acceptance_slip",
    "complete": "completion_notice",
    "refuse": "refusal_decision",
}
"""Which steps are told to the applicant on paper."""


def step_number(session: Session, profile: Profile, kind: str, step: str, on: date) -> str:
    """Return the next number of the paper of a step, as 坛市监登受〔2018〕12号; empty where it has none."""
    issuer = profile.registration_issuer(kind)
    code = PAPER_OF_STEP.get(step)
    wording = profile.wording(code, kind) if code else None
    if issuer is None or wording is None:
        return ""
    word = f"{issuer.number_word}{wording.letter}"
    return f"{word}〔{on.year}〕{next_serial(session, f'{code}:{word}:{on.year}')}号"

"""One sheet on the desk: new or a change, as it came, and what others did to it meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from desktop.domain.forms import SurveyForm
from desktop.services.register.duplicates import Alike
from desktop.services.register.establishments import EstablishmentDetail
from desktop.services.survey.surveys import Saved
from desktop.views.survey import draft_keys
from desktop.views.survey.answer_fields import as_typed, shown_words

CARRIED = ("village", "surveyor", "surveyed_on")
"""What stays for the next record: a surveyor goes through one village on one day."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is being filled; ``base`` are the answers as they stood when it was opened."""

    kind: str
    identity: UUID
    establishment_id: int | None = None
    version: int | None = None
    archive_number: str = ""
    base: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        return self.establishment_id is None

    @property
    def draft_key(self) -> str:
        if self.establishment_id is None:
            return draft_keys.new_sheet(self.kind, self.identity)
        return draft_keys.changed_sheet(self.establishment_id)

    def draft(self, typed: Mapping[str, object]) -> dict[str, Any]:
        """Return all that brings the sheet back after a crash."""
        return {
            "kind": self.kind,
            "identity": str(self.identity),
            "establishment_id": self.establishment_id,
            "version": self.version,
            "archive_number": self.archive_number,
            "base": dict(self.base),
            "answers": dict(typed),
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What saving came to: saved, or likely duplicates that somebody must decide first."""

    saved: Saved | None
    alike: tuple[Alike, ...] = ()


@dataclass(frozen=True, slots=True)
class OthersChange:
    """One answer that somebody else has changed while the sheet was open."""

    code: str
    was: object
    now: object


def sheet_of(detail: EstablishmentDetail) -> Sheet:
    """Return the sheet of an establishment as the register has it."""
    return Sheet(
        kind=detail.row.kind,
        identity=UUID(detail.uuid),
        establishment_id=detail.row.id,
        version=detail.version,
        archive_number=detail.row.archive_number,
        base={code: as_typed(answer) for code, answer in detail.answers.items()},
    )


def sheet_from_draft(typed: Mapping[str, Any]) -> tuple[Sheet, dict[str, object]]:
    """Return a sheet and its answers as a draft kept them."""
    sheet = Sheet(
        kind=str(typed["kind"]),
        identity=UUID(str(typed["identity"])),
        establishment_id=typed["establishment_id"],
        version=typed["version"],
        archive_number=str(typed["archive_number"]),
        base=dict(typed["base"]),
    )
    return sheet, dict(typed["answers"])


def changed_by_others(sheet: Sheet, now: Sheet) -> tuple[OthersChange, ...]:
    """Compare the sheet as it was opened with what the register has now."""
    return tuple(
        OthersChange(code, sheet.base.get(code, ""), value)
        for code, value in now.base.items()
        if value != sheet.base.get(code, "")
    )


def caught_up(sheet: Sheet, now: Sheet) -> Sheet:
    """Return the sheet on top of the other's change, so that saving it again overwrites knowingly."""
    return replace(sheet, version=now.version, base=now.base)


def told(changes: tuple[OthersChange, ...], form: SurveyForm) -> str:
    """Say what the other person changed, in words."""
    parts = []
    for change in changes:
        question = form.question(change.code)
        was, now = (shown_words(question, value or "") for value in (change.was, change.now))
        parts.append(f"{question.label}“{was}”→“{now}”")
    return "；".join(parts)


def called(typed: Mapping[str, object]) -> str:
    """Return what to call a sheet in a draft: who or what stands on it so far."""
    name = typed.get("name") or typed.get("operator_name") or typed.get("address")
    return str(name) if name else "还没有姓名"

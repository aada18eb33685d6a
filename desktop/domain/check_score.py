"""The score of a check list (得分): what was good, out of what was looked at; most lists have none."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from desktop.domain.profile import CheckItem


@dataclass(frozen=True, slots=True)
class Score:
    """The points that were reached, and those that could be; what does not apply counts in neither."""

    points: int
    of: int

    @property
    def words(self) -> str:
        return f"得分 {self.points}，应得 {self.of}"


def score_of(
    items: Iterable[CheckItem], failed: Collection[str], not_applicable: Collection[str]
) -> Score | None:
    """Return the score of a visit; ``None`` where the list of the rule pack has no scores."""
    asked = [item for item in items if item.code not in not_applicable and item.score]
    if not asked:
        return None
    points = sum(item.score for item in asked if item.code not in failed)
    return Score(points, sum(item.score for item in asked))

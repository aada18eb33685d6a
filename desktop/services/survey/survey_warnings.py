"""What a sheet says that stops nothing: prohibited products, an unlikely age, a trade too large."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from desktop.domain.forms import Answers, Problem, Severity
from desktop.domain.identity import age_in_doubt
from desktop.domain.products import prohibited
from desktop.domain.profile import Profile


class SurveyWarnings:
    """Reads sheet after sheet; the same foods of a trade are looked at once."""

    def __init__(self, profile: Profile, today: date) -> None:
        self._profile = profile
        self._today = today
        self._of_foods: dict[tuple[str, str], tuple[Problem, ...]] = {}

    def of(self, kind: str, answers: Answers) -> list[Problem]:
        """Return what somebody should look at again."""
        said: list[Problem] = []
        products, number = answers.get("products"), answers.get("operator_id_number")
        if isinstance(products, str):
            if (kind, products) not in self._of_foods:
                self._of_foods[kind, products] = tuple(self._foods(kind, products))
            said += self._of_foods[kind, products]
        if isinstance(number, str) and (doubt := age_in_doubt(number, self._today)):
            said.append(Problem("operator_id_number", "age_in_doubt", doubt, Severity.WARNING))
        said += self._too_large(kind, answers)
        return said

    def _foods(self, kind: str, products: str) -> Iterator[Problem]:
        label = self._profile.trade(kind).short_label
        rules = {rule.word: rule for rule in self._profile.prohibited(kind)}
        for hit in prohibited(products, rules.values()):
            basis = rules[hit.word].source.text
            sentence = f"“{hit.word}”属{label}禁止生产经营的食品（{basis}），请核实"
            yield Problem("products", "prohibited_product", sentence, Severity.WARNING)

    def _too_large(self, kind: str, answers: Answers) -> Iterator[Problem]:
        trade = self._profile.trade(kind)
        for field, most, unit in (
            ("area_m2", trade.area_most_m2, "平方米"),
            ("employee_count", trade.people_most, "人"),
        ):
            value = answers.get(field)
            if most is not None and isinstance(value, int | Decimal) and value > most:
                sentence = f"超过{trade.short_label}的上限 {most}{unit}，请核实是否应办许可"
                yield Problem(field, "over_threshold", sentence, Severity.WARNING)

"""What the next number of a paper would be: shown before it is given, never reserved by looking."""

from dataclasses import dataclass

from desktop.domain.act import Actor
from desktop.domain.errors import WrongValue
from desktop.domain.numbering import NumberRule
from desktop.errors import UserError
from desktop.services.numbers.giving import coming_serial, number_of
from desktop.services.numbers.serials import last_serial
from desktop.services.office.villages import villages_of
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require


@dataclass(frozen=True, slots=True)
class NextNumber:
    """The number that a paper issued today would be given, and how many were given before it."""

    number: str
    grouped: str
    given: int


class Numbers:
    """Questions about numbers; giving them is part of issuing."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def next(self, kind: str, village_id: int, *, by: Actor, template: str = "") -> NextNumber:
        """Return the next number of a trade in a village; another template is tried, never kept."""
        require(by, Right.SEE)
        on = self.office.clock.today()
        with self.office.db.reading() as session:
            village = next(one for one in villages_of(session) if one.id == village_id)
            rule, context = number_of(self.office.profile, kind, village, on)
            try:
                rule = NumberRule.parse(template, rule.scope) if template else rule
                given = last_serial(session, rule.scope_key(context))
                number = rule.format(context, coming_serial(session, rule, context, given))
            except WrongValue as wrong:
                raise UserError(str(wrong)) from wrong
        return NextNumber(number, rule.grouped(number), given)

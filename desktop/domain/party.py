"""Whom a ban (禁业) binds: a person or a company, found again by its numbers; never a place."""

from dataclasses import dataclass

_INDIVIDUAL = "92"
"""How the credit code of a 个体工商户 begins: before the law it is who runs it (民法典 art. 54)."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who runs an establishment (当事人): the operator, and the code of what he runs it as."""

    name: str
    id_number: str
    credit_code: str

    @property
    def is_company(self) -> bool:
        """True where the party is somebody beside the person who stands for it: a company, a cooperative."""
        return len(self.credit_code) == 18 and not self.credit_code.startswith(_INDIVIDUAL)

    def is_bound_by_ban_of(self, banned: "Party", *, binds_representative: bool) -> bool:
        """Tell whether a ban on somebody binds this one: the same applicant, or the person behind both.

        ``binds_representative`` is what the law says: a company's ban is its representative's too, and a
        person's that of the company he stands for.
        """
        if self.credit_code and self.credit_code == banned.credit_code:
            return True
        if not self.id_number or self.id_number != banned.id_number:
            return False
        return binds_representative or not (self.is_company or banned.is_company)

    def is_another_than(self, before: "Party") -> bool:
        """Tell whether somebody else runs it now; one corrected name or number alone makes nobody else."""
        if before.is_company and self.credit_code != before.credit_code:
            return True
        has_same_number = bool(self.id_number) and self.id_number == before.id_number
        return not has_same_number and self.name != before.name

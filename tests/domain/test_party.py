"""Whom a ban binds: the applicant by its numbers, a company's representative only where the law says so."""

import pytest

from desktop.domain.party import Party

COMPANY, OTHER_COMPANY, SHOP = "91320413MA1T000136", "91320413MA1T000211", "92320413MA1T000133"
LI, WANG = "320482199001010019", "320413198603279990"

BOUND = [
    (Party("李四", LI, ""), Party("李四", LI, ""), True, True),
    (Party("李四", LI, SHOP), Party("李四", LI, ""), True, True),
    (Party("王五", WANG, SHOP), Party("李四", LI, SHOP), True, True),
    (Party("王五", WANG, ""), Party("李四", LI, ""), False, False),
    (Party("王五", WANG, COMPANY), Party("李四", LI, COMPANY), True, True),
    (Party("李四", LI, OTHER_COMPANY), Party("李四", LI, COMPANY), True, False),
    (Party("李四", LI, ""), Party("李四", LI, COMPANY), True, False),
    (Party("李四", LI, COMPANY), Party("李四", LI, SHOP), True, False),
    (Party("李四", "", ""), Party("李四", "", ""), False, False),
]


@pytest.mark.parametrize(("one", "banned", "with_representative", "without"), BOUND)
def test_a_ban_binds_the_applicant_and_who_stands_for_it_where_the_law_says_so(
    one: Party, banned: Party, with_representative: bool, without: bool
) -> None:
    assert one.is_bound_by_ban_of(banned, binds_representative=True) is with_representative
    assert one.is_bound_by_ban_of(banned, binds_representative=False) is without


@pytest.mark.parametrize(
    ("now", "before", "is_another"),
    [
        (Party("李四", LI, ""), Party("李泗", LI, ""), False),
        (Party("李四", WANG, ""), Party("李四", LI, ""), False),
        (Party("王五", WANG, ""), Party("李四", LI, ""), True),
        (Party("王五", "", ""), Party("李四", "", ""), True),
        (Party("李四", LI, OTHER_COMPANY), Party("李四", LI, COMPANY), True),
        (Party("李四", LI, SHOP), Party("李四", LI, ""), False),
    ],
)
def test_a_corrected_name_or_number_is_the_same_person(now: Party, before: Party, is_another: bool) -> None:
    assert now.is_another_than(before) is is_another

"""A wrong cell is offered what it most likely means, and nothing where that would be a wild guess."""

import pytest

from desktop.domain.mending import suggestion
from tests.offices import rule_pack

FORM = rule_pack("jintan-2018").form("stall")


@pytest.mark.parametrize(
    ("code", "value", "offered"),
    [
        ("surveyed_on", "2018.4", "2018-04-01"),
        ("surveyed_on", "2018年4月份", "2018-04-01"),
        ("surveyed_on", "2018", "2018-01-01"),
        ("surveyed_on", "2018.13", ""),
        ("surveyed_on", "去年", ""),
        ("operator_id_number", "32O413196207227743", "320413196207227743"),
        ("operator_id_number", "32041319620722774", ""),
        ("operator_id_number", "3.20482E+17", ""),
        ("phone", "1376l529721", "13761529721"),
        ("employee_count", "大概3人左右", "3"),
        ("employee_count", "3或4", ""),
        ("stall_type", "流动摊", "流动"),
        ("stall_type", "卖饼", ""),
        ("remark", "随便", ""),
    ],
)
def test_what_is_offered_is_read_by_the_form(code: str, value: str, offered: str) -> None:
    assert suggestion(FORM.question(code), value) == offered

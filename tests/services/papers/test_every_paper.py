"""Every paper that a register gives occasion for can be printed, in the words of every shipped rule pack."""

from datetime import date
from pathlib import Path

import pytest

from desktop.profiles import available
from desktop.services.papers.layouts import PAPERS, document_of
from desktop.services.papers.papers import Wanted
from desktop.services.papers.paperwork import SOURCES
from desktop.services.papers.printing_facts import registration_facts
from desktop.services.papers.sources import Made, Reading
from printing.catalogue import documents
from printing.fonts import Faces
from tests.lives import enter, issue, newest
from tests.offices import TestOffice, open_test_office, stall, workshop

ON = date(2023, 6, 8)
"""Each shipped rule pack is in force on this day."""


def registered(desk: TestOffice) -> dict[str, int]:
    """Register one establishment of each trade with what is asked everywhere."""
    desk.clock.day = ON
    shops = {}
    for number, trade in enumerate(desk.office.profile.trades, 1):
        typed = stall if trade.paper.code == "card" else workshop
        answers = typed(
            name=f"沙湖老街第{number}家{trade.short_label}",
            address=f"沙湖村{number}组{number}号",
            surveyed_on="2023.5.29",
            trading_hours="5:00—9:30",
            business_licence_number="92320413MA1T000133",
        )
        form = desk.office.profile.form(trade.code)
        known = {code: answer for code, answer in answers.items() if form.has(code)}
        shops[trade.code] = enter(desk, known, trade.code, number)
        issue(desk, shops[trade.code], on=ON)
    return shops


def made_of_the_register(desk: TestOffice) -> dict[tuple[str, str], object]:
    """Return the facts of every paper besides certificates and cards, by its code and number."""
    made = {}
    with desk.office.db.reading() as session:
        for code, source in SOURCES.items():
            reading = Reading(session, desk.office, desk.clerk, Wanted(code))
            ids = tuple(source.holders(reading, reading.wanted))
            for one in source.make(reading, source.records(reading, ids)) if ids else ():
                if isinstance(one, Made):
                    made[one.code or code, one.number] = one.facts
    return made


LONGEST_NAME = ("常州市金坛区金城镇石桥新村老街张记豆制品加工作坊" * 3)[:60]


@pytest.mark.parametrize("pack", [pack.name for pack in available().profiles])
def test_what_the_office_keeps_and_hangs_up_bears_the_longest_name_that_can_be_entered(
    pack: str, assets: Path, tmp_path: Path
) -> None:
    desk = open_test_office(tmp_path / "register.db", profile=pack)
    desk.clock.day = ON
    shop = enter(desk, workshop(name=LONGEST_NAME, surveyed_on="2023.5.29"), "workshop")
    issue(desk, shop, on=ON)
    faces = Faces(assets / "fonts")

    facts = made_of_the_register(desk)
    (code,) = {said.qr_text for (paper, _), said in facts.items() if paper == "display_sheet"}
    desk.office.db.close()

    assert {
        paper: documents()[paper].check(said, faces)
        for (paper, _), said in facts.items()
        if paper in {"display_sheet", "dossier", "roster", "survey_record", "decision_list"}
    } == dict.fromkeys(("display_sheet", "dossier", "roster", "survey_record", "decision_list"), ())
    assert "SX1-" in code or f"{LONGEST_NAME[:29]}…" in code


@pytest.mark.parametrize("pack", [pack.name for pack in available().profiles])
def test_every_paper_of_every_trade_can_be_printed(pack: str, assets: Path, tmp_path: Path) -> None:
    desk = open_test_office(tmp_path / "register.db", profile=pack)
    papers = [newest(desk, shop) for shop in registered(desk).values()]
    facts = made_of_the_register(desk)
    facts |= {(one.code, one.number): registration_facts(one, desk.office.profile) for one in papers}
    faces = Faces(assets / "fonts")

    stopped = {}
    for (code, number), said in facts.items():
        document = document_of(desk.office, code) if code in PAPERS else documents()[code]
        if reasons := document.check(said, faces):
            stopped[code, number] = [reason.sentence for reason in reasons]
    desk.office.db.close()

    assert stopped == {}
    assert {(one.code, one.number) for one in papers} <= set(facts)
    assert {"certificate_duplicate", "card_small", "display_sheet", "roster", "dossier"} <= {
        code for code, _ in facts
    }

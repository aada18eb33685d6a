"""Promise 16: a printed page says what the register says, and its code is the signed one and large enough."""

from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from random import Random
from shutil import copyfile
from uuid import UUID

import pypdfium2
import pytest
import segno
import zxingcpp
from sqlalchemy import select

from desktop.domain.paper_code import LONGEST_TEXT, read_code
from desktop.domain.paper_life import PaperAct
from desktop.models.registration import Paper
from desktop.services.numbers.keeping import NumberKeeping
from desktop.services.papers.papers import Papers, Wanted
from desktop.services.papers.printing_facts import registration_facts
from desktop.services.register.establishments import Establishments
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.signing.verifying import Verifying
from desktop.services.survey.surveys import Surveys
from printing.layout_file import standard
from printing.wording import chinese_date, ungrouped
from tests.lives import change, issue, newest, printed, take
from tests.offices import TODAY, TestOffice, open_made_office, stall, workshop
from tests.printing.reading import squeezed, whole_text, words

pytestmark = pytest.mark.timeout(900)

CARD, CERTIFICATE = standard("card"), standard("certificate")
REGISTERS, REGISTERS_OF_SOAK = 200, 2000
LEAST_MM = 0.47
DPI = 200
"""What a telephone sees of a card at arm's length; a laser prints three times finer."""
SEED = 20180608

CHARACTERS = "张王李赵阿买提力古丽𠮷𬭎𬱟䶮㛃𫖯禤欧阳"
PLACES = (
    "早餐点A06摊位",
    "东巷18号",
    "第二排B区112号摊位（流动）",
    "老街3组72号",
    "𬭎桥夜市疏导点南区",
)


def eatery(**changed: object) -> dict[str, object]:
    """Return the answers of an eatery as somebody types them."""
    return stall(name="老街面馆", products="面食、小炒") | changed


SHEETS = {"stall": stall, "workshop": workshop, "eatery": eatery}
KINDS = tuple(SHEETS)


def name(chance: Random) -> str:
    """Return a name with rare characters, now and then one of the longest."""
    if chance.randrange(5) == 0:
        return "阿卜杜喀迪尔·阿卜杜热合曼江"
    return "".join(chance.choices(CHARACTERS, k=chance.randint(2, 4)))


class Way(StrEnum):
    """How the paper came about that is printed."""

    ISSUED = "issued"
    OUT_OF_RANGE = "out_of_range"
    TAKEN_IN = "taken_in"
    AMENDED = "amended"
    AMENDED_UNPRINTED = "amended_unprinted"
    REISSUED = "reissued"
    RENEWED = "renewed"


WAYS = tuple(Way)
MARKS = {Way.AMENDED: "（变更）", Way.REISSUED: "（补发）"}
"""What has to stand behind the date; on all others nothing may."""


def made(desk: TestOffice, kind: str, chance: Random, way: Way = Way.ISSUED) -> Paper:
    """Enter one of a kind with a random name and place, and let its paper come about in one of the ways."""
    place = f"沙湖村{chance.choice(PLACES)}{chance.randint(1, 999)}号"
    typed = SHEETS[kind](operator_name=name(chance), address=place)
    shop = (
        Surveys(desk.office).save(kind, typed, by=desk.clerk, identity=UUID(int=chance.getrandbits(100))).id
    )
    keeping = NumberKeeping(desk.office)
    if way is Way.OUT_OF_RANGE:
        village = Establishments(desk.office).detail(shop, by=desk.clerk).village_id
        reserved = keeping.reserve(kind, village, chance.randint(1, 9), on=TODAY, reason="", by=desk.clerk)
        keeping.record_issued(reserved.id, reserved.last, shop, on=TODAY, by=desk.clerk)
    elif way is Way.TAKEN_IN:
        number = f"旧证字第{chance.randint(1, 999)}号"
        keeping.take_in(shop, number, issued_on=TODAY, valid_until=None, by=desk.clerk)
    else:
        issue(desk, shop)
        _live_on(desk, kind, shop, typed, chance, way)
    return newest(desk, shop)


def _live_on(
    desk: TestOffice, kind: str, shop: int, typed: dict[str, object], chance: Random, way: Way
) -> None:
    """Let what follows its issue happen to a paper, on a later day."""
    first = newest(desk, shop)
    if way in {Way.AMENDED, Way.REISSUED, Way.RENEWED}:
        printed(desk, first.id)
    if way in {Way.AMENDED, Way.AMENDED_UNPRINTED}:
        desk.clock.day = date(2018, 9, chance.randint(1, 30))
        change(desk, shop, {**typed, "products": f"包子、{name(chance)}糕"}, kind)
        take(desk, PaperAct.AMENDMENT, first.id)
    elif way is Way.REISSUED:
        desk.clock.day = date(2018, 9, chance.randint(1, 30))
        take(desk, PaperAct.REISSUE, first.id, reason="遗失")
    elif way is Way.RENEWED:
        assert first.valid_until is not None
        desk.clock.day = first.valid_until - timedelta(days=chance.randint(31, 60))
        take(desk, PaperAct.RENEWAL, first.id)


def seen(file: Path) -> list[str]:
    """Return the texts of all codes on the pages of a file, as a camera sees them."""
    document = pypdfium2.PdfDocument(file)
    texts = []
    for page in document:
        formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2)
        picture = page.render(scale=DPI / 72).to_pil().convert("L")
        texts += [one.text for one in zxingcpp.read_barcodes(picture, formats=formats)]
    document.close()
    return texts


@pytest.mark.proof
def test_every_printed_page_says_what_the_register_says(
    made_file: Path, assets: Path, tmp_path: Path, record_property
) -> None:
    record_property("seed", SEED)

    assert _wrong(REGISTERS, made_file, assets, tmp_path) == []


@pytest.mark.soak
def test_every_page_of_many_registers_says_what_the_register_says(
    made_file: Path, assets: Path, tmp_path: Path, record_property
) -> None:
    record_property("seed", SEED)

    assert _wrong(REGISTERS_OF_SOAK, made_file, assets, tmp_path) == []


def _wrong(registers: int, made_file: Path, assets: Path, tmp_path: Path) -> list[tuple[object, ...]]:
    """Print a paper from each of so many random registers; return those whose page says anything else."""
    chance = Random(SEED)
    wrong: list[tuple[object, ...]] = []
    for number in range(registers):
        place = tmp_path / f"{number}.db"
        place.write_bytes(made_file.read_bytes())
        desk = open_made_office(place)
        way = WAYS[number // len(KINDS) % len(WAYS)]
        paper = made(desk, KINDS[number % len(KINDS)], chance, way)
        target = tmp_path / "paper.pdf"
        wanted = Wanted(paper.code, numbers=(paper.number,))
        outcome = Papers(desk.office, assets / "fonts").print(wanted, target, by=desk.clerk)
        assert outcome.papers, outcome.refused
        texts, text = seen(target), whole_text(target)
        lacking = [said for said in said_by(desk, paper) if squeezed(said) not in text]
        is_genuine = bool(texts) and Verifying(desk.office).text(texts[0], by=desk.clerk).genuine
        marks = "".join(mark for mark in MARKS.values() if mark in text)
        if lacking or texts != [paper.signed_code] or not is_genuine or marks != MARKS.get(way, ""):
            wrong.append((number, paper.number, way, texts, lacking, marks))
        desk.office.db.close()
        place.unlink()
    return wrong


def said_by(desk: TestOffice, paper: Paper) -> list[str]:
    """Return every text that the facts of a paper hold, and its number as it is read back."""
    facts = registration_facts(paper, desk.office.profile)
    label = "" if paper.code == "certificate" else facts.date_label  # there the day stands under the issuer
    said = replace(facts, number=ungrouped(facts.number), date_label=label)
    return [*words(said), chinese_date(facts.issued_on)]


@pytest.mark.proof
def test_a_page_that_said_something_else_would_be_seen(made_file: Path, assets: Path, tmp_path: Path) -> None:
    """The negative control: the page of a paper lacks what the register says after a change."""
    desk = open_made_office(Path(copyfile(made_file, tmp_path / "register.db")))
    paper = made(desk, "stall", Random(1))
    wanted = Wanted(paper.code, numbers=(paper.number,))
    Papers(desk.office, assets / "fonts").print(wanted, tmp_path / "a.pdf", by=desk.clerk)
    paper.facts = {**paper.facts, "operator_name": "陈䶮"}

    text = whole_text(tmp_path / "a.pdf")

    assert [said for said in said_by(desk, paper) if squeezed(said) not in text] == ["陈䶮"]
    desk.office.db.close()


@pytest.mark.proof
def test_another_code_on_the_page_would_be_seen(made_file: Path, assets: Path, tmp_path: Path) -> None:
    """The negative control: a paper whose code was changed after it was printed does not match its page."""
    place = tmp_path / "register.db"
    place.write_bytes(made_file.read_bytes())
    desk = open_made_office(place)
    paper = made(desk, "stall", Random(1))
    wanted = Wanted(paper.code, numbers=(paper.number,))
    Papers(desk.office, assets / "fonts").print(wanted, tmp_path / "a.pdf", by=desk.clerk)

    (text,) = seen(tmp_path / "a.pdf")

    assert text == paper.signed_code
    assert text != paper.signed_code.replace("-STALL-", "-EATERY-")
    assert not Verifying(desk.office).text(text[:-1] + "0", by=desk.clerk).genuine
    desk.office.db.close()


@pytest.mark.proof
def test_the_longest_facts_leave_modules_that_a_telephone_reads(made_file: Path, tmp_path: Path) -> None:
    place = tmp_path / "register.db"
    place.write_bytes(made_file.read_bytes())
    desk = open_made_office(place)
    address = f"沙湖村{'𬭎桥夜市疏导点' * 12}A06"
    long = {"operator_name": "阿卜杜喀迪尔·阿卜杜热合曼江𠮷" * 3, "address": address}
    surveys = Surveys(desk.office)
    surveys.save("stall", stall(**long), by=desk.clerk, identity=UUID(int=1))
    surveys.save("workshop", workshop(**long), by=desk.clerk, identity=UUID(int=2))
    Registrations(desk.office).register_all(Choice(), decided_on=TODAY, by=desk.clerk)
    with desk.office.db.reading() as session:
        papers = session.scalars(select(Paper)).all()

    for paper in papers:
        text = registration_facts(paper, desk.office.profile).qr_text
        across = len(segno.make(text, error="m", boost_error=False, micro=False).matrix)
        printed = {"card": CARD, "certificate": CERTIFICATE}[paper.code].code.width
        assert len(text) <= LONGEST_TEXT
        assert 25 / across >= LEAST_MM
        assert printed / (across + 8) >= LEAST_MM  # with its four modules of clear paper on each side
        assert read_code(text).facts.place.endswith("A06")
    assert len(papers) == 2
    desk.office.db.close()

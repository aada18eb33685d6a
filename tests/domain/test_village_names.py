"""A village is read as people write it; what could be another place is not."""

import pytest
from hypothesis import given
from hypothesis.strategies import integers, sampled_from, text

from desktop.domain.village_names import WrittenVillage, WrittenVillages, place_in, with_rest, with_village

NAMES = ("白塔村", "后阳村", "沙湖村", "冯庄社区", "南窑社区", "前庄村", "前庄社区")
PLACES = ("江苏省", "常州市金坛区", "金城镇")
VILLAGES = WrittenVillages(NAMES, PLACES)
ABOVE = ("", "金城镇", "金城", "金坛区金城镇", "江苏省常州市金坛区金城镇", "金坛市", "江苏金坛")
OF_VILLAGE = ("村", "村委会", "村委", "村民委员会", "行政村", "村村委会")
OF_COMMUNITY = ("社区", "居委会", "社区居委会", "居民委员会", "社区居民委员会")
GROUPS = ("组", "队", "小组", "村民小组", "生产队", "号组")
COUNTED = "零一二三四五六七八九"


@given(sampled_from(NAMES), sampled_from(ABOVE), sampled_from(range(6)), sampled_from(["", " ", "　"]))
def test_a_village_is_read_with_what_lies_above_it_and_with_every_ending(name, above, ending, gap):
    is_community = name.endswith("社区")
    endings = OF_COMMUNITY if is_community else OF_VILLAGE
    stem = name.removesuffix("社区").removesuffix("村")

    written = f"{above}{gap}{stem}{endings[ending % len(endings)]}"

    assert VILLAGES.read(written) == WrittenVillage(name)


@given(
    sampled_from(NAMES),
    sampled_from(ABOVE),
    integers(1, 99),
    sampled_from(GROUPS),
    sampled_from(["", "（", "/", "-", "第"]),
)
def test_the_group_behind_a_village_is_kept_apart(name, above, number, unit, mark):
    closing = "）" if mark == "（" else ""
    ordinal = "第" if mark == "第" else ""

    read = VILLAGES.read(f"{above}{name}{mark}{number}{unit}{closing}")

    assert read == WrittenVillage(name, f"{ordinal}{number}{unit}")


@given(text(alphabet="白塔后阳沙湖冯庄南窑前东西新老大小桥头"))
def test_what_only_sounds_alike_is_no_village(stem):
    stems = {name.removesuffix("社区").removesuffix("村") for name in NAMES}

    read = VILLAGES.read(f"{stem}村")

    assert (read is not None) == (stem in stems)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "白塔新村",
            "东白塔村",
            "白塔村小学",
            "白塔东庄组",
            "新城镇白塔村",
            "西城街道白塔村",
            "武进区白塔村",
        ),
        *("白塔村后阳村", "白塔村、后阳村三组", "前庄", "前庄3组", "村", "1组", ""),
    ],
)
def test_what_needs_a_guess_is_not_read(written):
    assert VILLAGES.read(written) is None


@pytest.mark.parametrize(
    ("written", "rest"),
    [
        ("白塔村东庄组", "东庄组"),
        ("白塔村王家自然村", "王家自然村"),
        ("白塔村１２组３号", "12组3号"),
        ("白塔三组", "三组"),
        ("白塔村12-3号", "12-3号"),
    ],
)
def test_named_groups_and_house_numbers_are_kept_too(written, rest):
    assert VILLAGES.read(written) == WrittenVillage("白塔村", rest)


@pytest.mark.parametrize(
    ("address", "rest", "kept"),
    [
        ("菜场东门", "1组", {"address": "1组菜场东门"}),
        ("白塔村18号", "1组", {"address": "白塔村1组18号"}),
        ("白塔路18号", "1组", {"address": "1组白塔路18号"}),
        ("1组18号", "一组", {}),
        ("2组18号", "1组", {"remark": "新开；村一栏原写“白塔村1组”"}),
        (None, "1组", {"remark": "新开；村一栏原写“白塔村1组”"}),
        ("菜场东门", "", {}),
    ],
)
def test_what_stood_behind_the_village_goes_where_it_is_missing(address, rest, kept):
    answers = {"address": address, "remark": "新开"}

    assert with_rest(answers, WrittenVillage("白塔村", rest), "白塔村1组") == kept


def test_without_any_address_it_is_the_address():
    assert with_rest({}, WrittenVillage("白塔村", "1组"), "白塔村1组") == {"address": "1组"}


@given(sampled_from(NAMES), sampled_from(ABOVE), sampled_from(range(6)), sampled_from(["", " ", "，"]))
def test_an_address_is_one_place_with_and_without_the_names_of_its_village(name, above, ending, gap):
    endings = OF_COMMUNITY if name.endswith("社区") else OF_VILLAGE
    stem = name.removesuffix("社区").removesuffix("村")

    written = f"{above}{gap}{stem}{endings[ending % len(endings)]}{gap}3组5号"

    assert place_in(name, written, PLACES) == place_in(name, "三组5号", PLACES) == "3组5号"


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("金城镇3组5号", "3组5号"),
        ("白塔3组5号", "3组5号"),
        ("白塔居委会3组5号", "3组5号"),
        ("白塔村白塔村3组5号", "3组5号"),
        ("白塔村村委会东100米", "村委会东100米"),
        ("白塔路5号", "白塔路5号"),
        ("金城路5号", "金城路5号"),
        ("白塔新村5号", "白塔新村5号"),
        ("白塔村3-12号", "3-12号"),
        ("白塔村", "白塔"),
        ("金城镇白塔村委会", "白塔"),
    ],
)
def test_only_the_names_in_front_of_a_place_are_left_out(address, place):
    assert place_in("白塔村", address, PLACES) == place


@pytest.mark.parametrize(
    ("village", "address", "said"),
    [
        ("后阳村（原后阳、下塘合并）", "后阳村5组路口", "后阳村5组路口"),
        ("后阳村（原后阳、下塘合并）", "5组路口", "后阳村（原后阳、下塘合并）5组路口"),
        ("沙湖村【东片】", "金城镇沙湖村委会6组", "金城镇沙湖村委会6组"),
        ("冯庄社区", "冯庄居委会7组8号", "冯庄居委会7组8号"),
        ("白塔村", "白塔路5号", "白塔村白塔路5号"),
        ("白塔村", "3组5号", "白塔村3组5号"),
    ],
)
def test_an_address_on_paper_says_its_village_once(village, address, said):
    assert with_village(village, address) == said


def test_a_remark_in_brackets_does_not_part_one_place_into_two():
    village = "后阳村（原后阳、下塘合并）"

    for written in (f"{village}5组2号", "后阳村5组2号", "金城镇后阳村委会5组2号", "5组2号"):
        assert place_in(village, written, PLACES) == "5组2号"

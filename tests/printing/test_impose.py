"""Where papers lie on a sheet, and that straight cuts part them."""

import pytest

from printing.errors import PrintError
from printing.geometry import A4, A6_LANDSCAPE, Sheet
from printing.impose import PER_PAGE, draw_cut_marks, impose
from printing.ink import InkPage


def test_four_cards_lie_left_to_right_and_top_to_bottom():
    places = impose(A6_LANDSCAPE, 4).places

    assert [(place.x < 148.5, place.y < 105) for place in places] == [
        (True, True), (False, True), (True, False), (False, False),
    ]  # fmt: skip


@pytest.mark.parametrize("per_page", PER_PAGE[1:])
@pytest.mark.parametrize("paper", [A6_LANDSCAPE, A6_LANDSCAPE.turned(), Sheet("A5", 210, 148)])
def test_papers_lie_inside_their_cells_on_an_a4_sheet(paper, per_page):
    laid = impose(paper, per_page)
    width, height = laid.sheet.width / laid.columns, laid.sheet.height / laid.rows

    assert sorted((laid.sheet.width, laid.sheet.height)) == [A4.width, A4.height]
    assert len(laid.places) == per_page == laid.columns * laid.rows
    for place in laid.places:
        assert place.x // width == (place.right - 0.01) // width
        assert place.y // height == (place.bottom - 0.01) // height


def test_a_card_keeps_its_size_two_or_four_to_a_sheet_and_shrinks_eight_to_a_sheet():
    assert [impose(A6_LANDSCAPE, per_page).scale for per_page in (1, 2, 4)] == [1, 1, 1]
    assert impose(A6_LANDSCAPE, 8).scale == pytest.approx(0.707, abs=0.003)


@pytest.mark.parametrize(("per_page", "corners"), [(2, 2), (4, 0)])
def test_a_card_that_leaves_room_around_it_is_marked_at_its_corners(per_page, corners, faces):
    laid = impose(A6_LANDSCAPE, per_page)
    page = InkPage(faces, laid.sheet)

    draw_cut_marks(page, laid)

    at = [(round(place.x, 2), round(place.y - 1, 2)) for place in laid.places]
    drawn = {(round(x, 2), round(y, 2)) for x, y in page.points}
    assert sum(point in drawn for point in at) == corners


@pytest.mark.parametrize("per_page", [0, 3, 5, 16, -1])
def test_another_number_is_refused(per_page):
    with pytest.raises(PrintError, match="1、2、4、8"):
        impose(A6_LANDSCAPE, per_page)

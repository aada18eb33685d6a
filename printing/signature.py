"""Who signs an official paper and on which day, where the seal will lie (GB/T 9704-2012, 7.3.5.1)."""

from datetime import date

from printing.blocks import single
from printing.geometry import Align
from printing.page import Page
from printing.running_text import Measure
from printing.wording import chinese_date

DAY_ROOM = 4
"""Characters that stay free at the right of the date (右空四字)."""


def draw_signature(
    page: Page, y: float, measure: Measure, *, issuer: str, day: date, seal_word: str, seal_size: float
) -> None:
    """Draw the issuer on a baseline over the middle of the date on the next, and the word for the seal.

    An issuer too long to stand over the middle of the date ends at the edge of the text; the date stays.
    """
    said, face = chinese_date(day), measure.face
    end = measure.right - DAY_ROOM * measure.em
    middle = end - page.width(said, face, measure.size) / 2
    is_long = middle + page.width(issuer, face, measure.size) / 2 > measure.right
    x, align = (measure.right, Align.RIGHT) if is_long else (middle, Align.CENTRE)
    single(page, x, y, issuer, face, measure.size, most=measure.width, label="落款", align=align)
    page.text(end, y + measure.pitch, said, face, measure.size, align=Align.RIGHT)
    page.text(end + 1, y + measure.pitch, seal_word, face, seal_size)

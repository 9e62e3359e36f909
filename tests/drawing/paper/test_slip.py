"""A slip can be read, in every language, and tells the printer nothing but dots."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from kiosk.drawing.paper.draw import WIDTH_PX, draw_slip
from kiosk.drawing.paper.printable import printable
from kiosk.drawing.paper.slip import SlipContent

GERMAN = SlipContent(
    place="Markt Buer",
    date="22.11.2026, 10:32",
    heading="Ihre Nummer",
    number="A-017",
    group="Wohngeld",
    ahead="3 Personen vor Ihnen",
    hint="Bitte warten Sie, bis Ihre Nummer aufgerufen wird.",
)
ARABIC = SlipContent(
    place="Markt Buer",
    date="",
    heading="رقمك",
    number="A-017",
    group="إعانة السكن",
    ahead="أمامك 3 أشخاص",
    hint="يرجى الانتظار حتى يتم استدعاء رقمك.",
    right_to_left=True,
)
LONG_WORD = "Schwerbehindertenangelegenheitenausweisverlängerung"


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """The box around everything black."""
    box = ImageChops.invert(picture.convert("L")).getbbox()
    assert box is not None
    return box


def tallest_lines(picture: Image.Image) -> Image.Image:
    """The number: the highest run of rows that have ink."""
    rows = [picture.crop((0, y, picture.width, y + 1)) for y in range(picture.height)]
    inked_rows = [row.getextrema()[0] == 0 for row in rows]
    best, began = (0, 0), None
    for y, inked in enumerate([*inked_rows, False]):
        if inked and began is None:
            began = y
        elif not inked and began is not None:
            best, began = max(best, (began, y), key=lambda run: run[1] - run[0]), None
    return picture.crop((0, best[0], picture.width, best[1]))


@pytest.mark.parametrize("paper_mm", WIDTH_PX)
@pytest.mark.parametrize("slip", [GERMAN, ARABIC, replace(GERMAN, group=LONG_WORD, mark="Kopie")])
def test_fills_the_paper_and_leaves_a_margin(slip: SlipContent, paper_mm: int) -> None:
    picture = draw_slip(slip, WIDTH_PX[paper_mm])
    left, top, right, bottom = ink(picture)
    assert (picture.mode, picture.width) == ("1", WIDTH_PX[paper_mm])
    assert left >= 8
    assert right <= picture.width - 8
    assert top > 0
    assert bottom < picture.height


@pytest.mark.parametrize("width_px", WIDTH_PX.values())
def test_the_number_is_the_same_left_to_right_in_arabic(width_px: int) -> None:
    german, arabic = (tallest_lines(draw_slip(slip, width_px)) for slip in (GERMAN, ARABIC))
    assert german.tobytes() == arabic.tobytes()
    assert german.height >= 80  # a centimetre: to be read from a seat


def test_a_copy_looks_different_from_the_slip() -> None:
    slip, copy = draw_slip(GERMAN, 384), draw_slip(replace(GERMAN, mark="Kopie"), 384)
    assert copy.height > slip.height


def test_what_is_not_known_takes_no_paper() -> None:
    bare = replace(GERMAN, place="", date="", ahead="", hint="")
    assert draw_slip(bare, 384).height < draw_slip(GERMAN, 384).height


def test_control_characters_leave_no_trace() -> None:
    hostile = replace(GERMAN, group="Wohn\x1b@\x1dV\x00geld\u202e\n", number="A-017\x07")
    harmless = replace(GERMAN, group="Wohn@ Vgeld")
    assert draw_slip(hostile, 384).tobytes() == draw_slip(harmless, 384).tobytes()


def test_soft_hyphens_are_where_a_word_breaks() -> None:
    word = "Angelegen\u00adheiten" * 3
    with_breaks = draw_slip(replace(GERMAN, group=word), 384)
    without = draw_slip(replace(GERMAN, group=word.replace("\u00ad", "")), 384)
    assert with_breaks.tobytes() != without.tobytes()
    short = replace(GERMAN, group="Wohn\u00adgeld")
    assert draw_slip(short, 384).tobytes() == draw_slip(GERMAN, 384).tobytes()


@given(st.text(max_size=400))
def test_printable_keeps_words_and_drops_the_rest(text: str) -> None:
    kept = printable(text)
    assert len(kept) <= 200
    assert all(c.isprintable() or c in "\u00ad\u200c\u200d" for c in kept if c != " ")
    assert printable(kept) == kept


@settings(max_examples=20)
@given(st.text(max_size=80), st.text(max_size=400), st.sampled_from(sorted(WIDTH_PX.values())))
def test_whatever_a_profile_says_stays_on_the_paper(topic: str, hint: str, width_px: int) -> None:
    picture = draw_slip(replace(GERMAN, group=topic, hint=hint), width_px)
    left, _, right, bottom = ink(picture)
    assert left >= 8
    assert right <= width_px - 8
    assert bottom < picture.height < 1600

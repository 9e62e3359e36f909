"""Lines and letters: nothing torn, Arabic joined and in order, numbers unharmed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from kiosk.drawing.line_breaking import Block, Letters, draw, rim_px, typeset, width_of

LATIN = Letters(50, bold=True)
ARABIC = Letters(50, bold=True, right_to_left=True)
WIDE_PX = 10_000


def _lines(text: str, width_px: int, letters: Letters = LATIN) -> list[str]:
    return [line.strip("\u200f") for line in typeset(text, letters, width_px).lines]


def _ink(block: Block) -> NDArray[np.uint8]:
    """The picture of a text in one line, cut to its ink."""
    picture = draw(block, "left")
    return np.asarray(picture.crop(picture.getbbox()))


def _columns(ink: NDArray[np.uint8], width: int, side: str) -> NDArray[np.uint8]:
    """A strip of the picture's left or right side, cut to its ink."""
    strip = Image.fromarray(ink[:, :width] if side == "left" else ink[:, -width:])
    return np.asarray(strip.crop(strip.getbbox()))


def _number_in_the_font_of(block: Block) -> NDArray[np.uint8]:
    return _ink(Block(("A-017",), block.bold, block.em_px, 400, 59))


def test_lines_are_filled_and_of_even_length() -> None:
    assert _lines("Familie und Gesundheit", 400) == ["Familie und", "Gesundheit"]
    assert _lines("Bitte wählen Sie etwas anderes", 600) == ["Bitte wählen Sie", "etwas anderes"]


def test_a_long_word_breaks_where_it_may() -> None:
    assert _lines("Öffentlichkeits\u00adarbeit", 400) == ["Öffentlichkeits-", "arbeit"]
    assert _lines("Führungs-Zeugnis", 300) == ["Führungs-", "Zeugnis"]
    assert _lines("Öffentlichkeits\u00adarbeit", 700) == ["Öffentlichkeitsarbeit"]


def test_an_address_breaks_after_a_sign_and_gets_no_hyphen() -> None:
    assert _lines("beratung@\u200bverbraucher\u200b.nrw", 450) == ["beratung@", "verbraucher.nrw"]
    torn = typeset("beratungsstelle\u200b.nrw", LATIN, 250)
    assert torn.torn
    assert "".join(torn.lines) == "beratungsstelle.nrw"


def test_a_torn_arabic_word_gets_no_hyphen() -> None:
    assert "".join(_lines("الانتظار" * 4, 200, ARABIC)) == "الانتظار" * 4


def test_text_beyond_the_last_line_is_cut_off_visibly() -> None:
    block = typeset("Bitte warten Sie auf Ihre Nummer", LATIN, 400, most_lines=2)
    assert block.lines[0] == "Bitte warten Sie"
    assert block.lines[1] == "auf Ihre…"
    assert block.width_px <= 401


def test_a_whole_word_in_the_next_line_is_better_than_half_of_it_in_this_one() -> None:
    assert _lines("Anträge auf Wohn\u00adgeld", 420) == ["Anträge auf", "Wohngeld"]


def test_a_word_that_may_not_break_is_torn_and_reported() -> None:
    block = typeset("Donaudampfschifffahrt", LATIN, 300)
    assert block.torn
    assert "".join(line.removesuffix("-") for line in block.lines) == "Donaudampfschifffahrt"


@given(
    st.text(st.sampled_from("abcde fghij\u00ad-ÄÖ"), max_size=60).map(
        lambda text: " ".join(text.split())
    ),
    st.integers(120, 900),
)
def test_no_line_is_wider_than_asked_for(text: str, width_px: int) -> None:
    block = typeset(text, LATIN, width_px)
    assert block.width_px <= width_px + 1
    kept = [letter for letter in text if letter not in " \u00ad-"]
    assert [letter for line in block.lines for letter in line if letter not in " -"] == kept


def test_a_number_inside_arabic_is_the_number_alone() -> None:
    block = typeset("رقمك هو A-017", ARABIC, WIDE_PX)
    number = _number_in_the_font_of(block)
    assert np.array_equal(_columns(_ink(block), number.shape[1], "left"), number)


def test_a_line_that_begins_with_a_number_still_runs_from_the_right() -> None:
    block = typeset("A-017 رقمك", ARABIC, WIDE_PX)
    number = _number_in_the_font_of(block)
    assert np.array_equal(_columns(_ink(block), number.shape[1], "right"), number)


def test_arabic_letters_are_joined() -> None:
    word = "الانتظار"
    apart = sum(width_of(letter, ARABIC) for letter in word)
    assert width_of(word, ARABIC) <= 0.8 * apart


def test_the_first_line_of_an_arabic_text_is_its_beginning() -> None:
    text = "يرجى اختيار شيء آخر أو سؤال الفريق"
    lines = _lines(text, 350, ARABIC)
    assert len(lines) >= 3
    assert " ".join(lines) == text


@pytest.mark.parametrize("align", ["left", "right", "center"])
def test_lines_stand_where_their_alignment_says(align: str) -> None:
    block = typeset("iii WWWWWWWWWW", LATIN, 500)
    picture = np.asarray(draw(block, align))
    first = picture[: rim_px(block) + block.height_px // 2]
    columns = np.flatnonzero(first.max(axis=0))
    middle = (columns[0] + columns[-1]) / 2 / picture.shape[1]
    assert {"left": middle < 0.3, "right": middle > 0.7, "center": 0.45 < middle < 0.55}[align]


def test_capitals_stand_in_the_middle_of_their_line() -> None:
    block = typeset("HHH", LATIN, WIDE_PX)
    rows = np.flatnonzero(np.asarray(draw(block, "left")).max(axis=1)) - rim_px(block)
    assert abs(rows[0] - (block.height_px - 1 - rows[-1])) <= 2

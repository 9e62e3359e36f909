import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.export.escaping import escape_formula, slugify


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Stadt Gelsenkirchen", "stadt-gelsenkirchen"),
        ("Köln/Weiß: Süd", "koeln-weiss-sued"),
        ("../../etc/passwd", "etc-passwd"),
        ("Țarâ", "tara"),
        ("الجوبسنتر", "unnamed"),
        ("", "unnamed"),
    ],
)
def test_a_name_becomes_part_of_a_file_name(text: str, name: str) -> None:
    assert slugify(text) == name


@given(st.text())
def test_every_text_gives_a_safe_file_name(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slugify(text))
    assert len(slugify(text)) <= 40


@given(st.text(min_size=1))
def test_no_cell_is_computed_by_a_spreadsheet(text: str) -> None:
    assert escape_formula(text)[0] not in "=+-@\t\r\n"
    assert escape_formula(text).endswith(text)


def test_harmless_text_stays_as_it_is() -> None:
    assert escape_formula("Bürgeramt 1=2") == "Bürgeramt 1=2"

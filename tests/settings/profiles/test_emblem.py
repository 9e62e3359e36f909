"""An emblem is a picture of shapes; what loads, runs or bursts is refused by its name."""

from pathlib import Path

import pytest

from kiosk.settings import profiles
from kiosk.settings.profiles.emblem import MOST_BYTES
from tests.settings.profiles.example import SMALLEST, faults_of

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 50">'
SHIELD = OPEN + '<path d="M0 0H40V50H0Z" fill="url(#sky)"/></svg>'


def _with(emblem: str) -> str:
    return SMALLEST.replace("languages =", f"emblem = '''{emblem}'''\nlanguages =")


def test_a_plain_picture_is_kept_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text(_with(SHIELD))
    assert profiles.load_profile(str(file)).emblem == SHIELD


@pytest.mark.parametrize(
    ("emblem", "fault"),
    [
        ("bear.svg", "is no SVG picture; put the text of the file here, from <svg on"),
        ("<bear", "is no SVG picture: unclosed token"),
        ('<p xmlns="http://www.w3.org/1999/xhtml"/>', "is no SVG picture"),
        (SHIELD.replace("viewBox", "size"), "has no viewBox with a width and a height"),
        (SHIELD.replace("40 50", "0 50"), "has no viewBox with a width and a height"),
        (SHIELD.replace("40 50", "4..0 50"), "has no viewBox with a width and a height"),
        (f"{OPEN}<script>alert(1)</script></svg>", 'has an element "script"'),
        (f'{OPEN}<image href="bear.png"/></svg>', 'has an element "image"'),
        (f"{OPEN}<style>path {{ }}</style></svg>", 'has an element "style"'),
        (SHIELD.replace("<path", '<path onload="x()"'), 'has an attribute "onload"'),
        (SHIELD.replace("#sky", "https://a.b/c"), 'has an attribute "fill"'),
        (f'<!DOCTYPE svg [<!ENTITY a "aa">]>{SHIELD}', "has a DOCTYPE; begin it with <svg"),
        (f"{OPEN}<!--{'x' * MOST_BYTES}--></svg>", f"bytes, more than {MOST_BYTES}; draw it"),
    ],
)
def test_what_is_no_plain_picture_is_refused(tmp_path: Path, emblem: str, fault: str) -> None:
    told = faults_of(tmp_path, _with(emblem))
    assert any(fault in one for one in told)
    assert all(one.startswith("4: emblem: ") for one in told)

"""Every shipped profile on the real glass, measured as strictly as the first on the hard sizes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import profiles
from tests.screens import measures

FIRST = "gelsenkirchen"
"""Measured by `test_measures` in every state; the others differ in what is asked."""

HARD_SIZES = ("800x480", "720x1280")
"""On 1280x800 whatever `tests/profiles/test_shipped.py` lets pass has room."""

OTHERS = [name for name in profiles.available() if name != FIRST]


@pytest.mark.slow
@pytest.mark.parametrize("size", HARD_SIZES)
@pytest.mark.parametrize("name", OTHERS)
def test_the_screens_fit(name: str, size: str, display: dict[str, str], tmp_path: Path) -> None:
    command = ["-m", "tests.screens.stand", "--profile", name, "--size", size]
    subprocess.run([sys.executable, *command, "--to", str(tmp_path)], env=display, check=True)
    pictures: measures.Pictures = json.loads((tmp_path / "measured.json").read_text())
    measures.no_text_is_clipped_or_torn(pictures)
    measures.everything_lies_on_the_pane_and_nothing_on_something_else(pictures)
    measures.targets_are_large_and_apart(pictures)
    measures.letters_can_be_read_from_half_a_metre(pictures)
    measures.each_screen_asks_for_at_most_six_answers(pictures)
    measures.no_page_is_wasted_on_a_long_word(pictures)

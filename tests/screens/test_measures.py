"""Every screen in every language, size and theme, measured as the norms ask (docs: EN 301 549).

Every shipped profile too, where there is least room.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.settings import profiles
from kiosk.touch.layout.theme import Pane
from tests.screens import measures
from tests.screens.measures import Measure, Pictures
from tests.settings.profiles.asking import profile_that_asks

pytestmark = pytest.mark.slow  # a real window

SIZES = ("1280x800", "800x480", "720x1280", "480x800")
HARD_SIZES = SIZES[1:3]
"""Every shipped profile is measured here: where there is more room, what fits here fits too."""
FIRST = "gelsenkirchen"
OTHERS = sorted({*profiles.available_profiles()} - {FIRST})
LANGUAGES = profiles.load_profile(FIRST).languages
SOME = ("de", "ar", "bg", "pl")
"""Where there is room, and of other profiles: German, mirrored, and the longest texts."""
ENDS = (("best", "smiley.5"), ("worst", "smiley.1"))
ALL = "RADHAUS_MEASURES" in os.environ


@pytest.fixture(scope="module")
def folder(display: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the stand has measured: sizes with the same profiles one after the other."""
    folder = tmp_path_factory.mktemp("stand")
    asking, some = str(profile_that_asks(folder)), "" if ALL else f":{','.join(SOME)}"
    easy = (f"{FIRST}{some}", f"{asking}:de,ar")
    hard = (FIRST, f"{asking}:de,ar", *(f"{name}{some}" for name in OTHERS))
    # Tiles are drawn in one size, in both directions of reading; colours know no size.
    runs: tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
        (SIZES[:1], easy, ("--drawn", "de,ar", "--contrast", "2")),
        (HARD_SIZES, hard, ("--no-window", "--contrast", "0")),
        (SIZES[3:], easy, ("--no-window", "--contrast", "0")),
    )
    for sizes, names, options in runs:
        command = ["-m", "tests.screens.stand", "--to", str(folder), *options]
        command += [word for size in sizes for word in ("--size", size)]
        command += [word for name in names for word in ("--profile", name)]
        subprocess.run([sys.executable, *command], env=display, check=True)
    return folder


@pytest.fixture(scope="module", params=SIZES)
def pictures(request: pytest.FixtureRequest, folder: Path) -> Pictures:
    """All samples of one size."""
    size = request.param
    measured: Pictures = json.loads((folder / size / "measured.json").read_text())
    assert _shown(measured) == set(LANGUAGES if size in HARD_SIZES or ALL else SOME)
    return measured


def _shown(pictures: Pictures) -> set[str]:
    """The languages that pictures are in."""
    return {name.partition("/")[0] for name in pictures}


MEASURES = (
    measures.clipped_or_torn_texts,
    measures.misplaced_elements,
    measures.small_targets,
    measures.small_letters,
    measures.weak_contrasts,
    measures.silent_targets,
    measures.too_many_answers,
    measures.wasted_pages,
)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.__name__)
def test_every_screen_is_as_the_norms_ask(pictures: Pictures, measure: Measure) -> None:
    assert measures.faults_in(pictures, measure) == []


def test_arabic_is_mirrored(pictures: Pictures) -> None:
    for screen in ("start", "groups", "topics-A", "number", "closed", "language"):
        here, there = (pictures[f"{language}/{screen}"] for language in ("de", "ar"))
        assert (here["direction"], there["direction"]) == ("ltr", "rtl")
        pane = Pane.of(*here["size_px"])
        width_px, margin_px = pane.width_px, pane.margin_px
        x, _, wide, _ = here["elements"][-1]["bounds_px"]
        assert x + wide == pytest.approx(width_px - margin_px, abs=2), screen
        assert there["elements"][-1]["bounds_px"][0] == pytest.approx(margin_px, abs=2), screen


def test_smileys_stand_in_one_order_in_all_languages(pictures: Pictures) -> None:
    for language in _shown(pictures):
        smileys = [e for e in pictures[f"{language}/feedback"]["elements"] if "smiley" in e["id"]]
        assert [e["id"] for e in smileys] == [f"smiley.{score}" for score in (5, 4, 3, 2, 1)]
        places = [(e["bounds_px"][1], e["bounds_px"][0]) for e in smileys]
        assert places == sorted(places)


def test_words_stand_at_their_own_ends_of_the_smileys(pictures: Pictures) -> None:
    for language in _shown(pictures):
        bounds = {e["id"]: e["bounds_px"] for e in pictures[f"{language}/feedback"]["elements"]}
        if "worst" not in bounds:
            continue  # each smiley has its own words
        best, worst = ([bounds[end], bounds[face]] for end, face in ENDS)
        assert best[0][0] <= best[1][0]
        assert sum(worst[0][::2]) >= sum(worst[1][::2])


def test_the_number_is_the_same_in_every_language(pictures: Pictures) -> None:
    for language in _shown(pictures):
        texts = {e["id"]: e["text"] for e in pictures[f"{language}/number"]["elements"]}
        assert texts["number"] == "A-017"

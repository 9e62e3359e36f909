"""Every screen on panels beside those of `test_measures`, laid out and not drawn."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from kiosk.touch.layout.theme import LARGE_TEXT_SCALE, USUAL_MM_PER_PX
from tests.screens import measures
from tests.screens.extremes import EXTREMES, extreme_profile
from tests.screens.test_measures import FIRST, SIZES

pytestmark = pytest.mark.slow  # some seconds each

OTHERS = ("1280x720", "1024x600", "1920x1080")
UPRIGHT = ("800x1280",)
BETWEEN = ("1280x800@0.135", "1024x600@0.218", "800x600@0.218", "768x1366@0.17")
"""Just below and above what counts as small (see `theme.SMALL_MM`): there room is least."""

WIDE = "1920x1080"
WITH_TEXT_SIZE = ("1280x800", WIDE, *UPRIGHT)
LARGER_TEXT_MM, LARGEST_NUMBER_MM, HALF_MM = 10.2, 78.0, 173.0

HERE = (
    measures.clipped_or_torn_texts,
    measures.misplaced_elements,
    measures.small_targets,
    measures.small_letters,
    measures.too_many_answers,
)

LANGUAGES = "de,ar,pl"
"""German, mirrored, and the longest words."""


def test_every_panel_of_a_usual_size_is_measured() -> None:
    usual = {f"{width}x{height}" for width, height in USUAL_MM_PER_PX}
    assert usual == {*SIZES, *OTHERS, *UPRIGHT}


@pytest.fixture(scope="module")
def large_text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in large letters, on panes that offer them."""
    folder = tmp_path_factory.mktemp("large-text")
    measure(folder, WITH_TEXT_SIZE, LANGUAGES, "--large-text")
    return folder


def measure(
    folder: Path, sizes: Iterable[str], languages: str, *options: str, profile: str = FIRST
) -> None:
    """Let the stand lay everything out."""
    command = ["-m", "tests.screens.stand", "--no-window", "--contrast", "0", *options]
    command += [word for size in sizes for word in ("--size", size)]
    command += ["--profile", f"{profile}:{languages}", "--to", str(folder)]
    subprocess.run([sys.executable, *command], check=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the stand has measured: once for all sizes, for its start takes most of the time."""
    folder = tmp_path_factory.mktemp("stand")
    for sizes, languages in ((OTHERS, LANGUAGES), ((*UPRIGHT, *BETWEEN), "de")):
        measure(folder, sizes, languages)
    return folder


@pytest.mark.parametrize("size", [*OTHERS, *UPRIGHT, *BETWEEN])
def test_every_screen_has_room(size: str, folder: Path) -> None:
    pictures = _measured(folder / size)
    assert_has_room(pictures)
    if size == WIDE:
        assert_large_letters_in_narrow_columns(pictures)


def test_large_text_has_room_and_is_large(large_text: Path) -> None:
    for size in WITH_TEXT_SIZE:
        pictures = _measured(large_text / size)
        assert pictures
        assert_has_room(pictures)
        usual_mm = LARGER_TEXT_MM if size == WIDE else measures.TEXT_MM
        for name, picture in pictures.items():
            letters_mm = [e["em_px"] * picture["mm_per_px"] for e in picture["texts"] if e["em_px"]]
            assert max(letters_mm, default=usual_mm * 2) >= usual_mm * LARGE_TEXT_SCALE, name


def test_large_text_leaves_the_number_of_a_ticket_as_it_is(folder: Path, large_text: Path) -> None:
    (size,) = UPRIGHT
    usual, large = (_letters_px(_measured(each / size)) for each in (folder, large_text))
    assert large["number"] == usual["number"]
    for name in ("number.ahead", "number.done"):
        assert large[name] == pytest.approx(usual[name] * LARGE_TEXT_SCALE, abs=1), name


def _letters_px(pictures: measures.Pictures) -> dict[str, float]:
    """Of the German number's screen, by element."""
    return {each["id"]: each["em_px"] for each in pictures["de/number"]["texts"]}


@pytest.mark.parametrize(("groups", "topics"), EXTREMES)
def test_one_topic_or_thirty_and_names_of_sixty_letters_have_room(
    tmp_path: Path, groups: int, topics: int
) -> None:
    profile = extreme_profile(tmp_path, groups, topics)
    sizes = (*SIZES, WIDE)
    measure(tmp_path, sizes, "de", profile=str(profile))
    for size in sizes:
        assert_has_room(_measured(tmp_path / size))


def _measured(folder: Path) -> measures.Pictures:
    pictures: measures.Pictures = json.loads((folder / "measured.json").read_text())
    return pictures


def assert_has_room(pictures: measures.Pictures) -> None:
    """What holds for every panel."""
    for fault in HERE:
        assert measures.faults_in(pictures, fault) == []


def assert_large_letters_in_narrow_columns(pictures: measures.Pictures) -> None:
    """A panel of 15.6 inches is read from further away, and no line runs over all of it."""
    for name, picture in pictures.items():
        mm = picture["mm_per_px"]
        letters_mm = {e["id"]: e["em_px"] * mm for e in picture["texts"] if e["em_px"]}
        assert min(letters_mm.values()) >= LARGER_TEXT_MM, name
        for element in picture["elements"]:
            if element["id"].startswith(("topic.", "group.")):
                assert element["bounds_px"][2] * mm <= HALF_MM, (name, element["id"])
        if name == "de/number":
            assert letters_mm["number"] >= LARGEST_NUMBER_MM

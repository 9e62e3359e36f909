"""Every screen in every language, size and theme, measured as the norms ask (docs: EN 301 549)."""

import json
import subprocess
import sys
from itertools import combinations
from typing import Any

import pytest

from kiosk.touch.theme import contrast

SIZES = ("1280x800", "800x480", "720x1280", "480x800")
LANGUAGES = ("de", "de-x-ls", "en", "tr", "ar")
ANSWERS = {"group", "topic", "more", "smiley", "offer", "start"}
TARGET_MM, GAP_MM, TEXT_MM = 20.0, 2.5, 8.5

Pictures = dict[str, dict[str, Any]]


@pytest.fixture(scope="module", params=SIZES)
def pictures(
    request: pytest.FixtureRequest,
    display: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Pictures:
    """All samples of one size, as the stand has measured them."""
    folder = tmp_path_factory.mktemp("stand")
    command = ["-m", "tests.screens.stand", "--size", request.param, "--to", str(folder)]
    subprocess.run([sys.executable, *command], env=display, check=True)
    measured: Pictures = json.loads((folder / "measured.json").read_text())
    assert {name.partition("/")[0] for name in measured} == set(LANGUAGES)
    return measured


def _touchable(picture: dict[str, Any]) -> list[dict[str, Any]]:
    return [element for element in picture["elements"] if element["focusable"]]


def _apart_px(one: list[int], other: list[int]) -> int:
    """How far two boxes are apart, along the axis on which they are furthest."""
    gaps = (
        max(one[axis], other[axis]) - min(one[axis] + one[axis + 2], other[axis] + other[axis + 2])
        for axis in (0, 1)
    )
    return max(gaps)


def test_no_text_is_clipped_or_torn(pictures: Pictures) -> None:
    for name, picture in pictures.items():
        for text in picture["texts"]:
            width, height = text["size"]
            assert not text["broken"], (name, text["id"])
            for x, y, wide, high in text["boxes"]:
                assert x >= 0, (name, text["id"])
                assert y >= 0, (name, text["id"])
                assert x + wide <= width + 1, (name, text["id"])
                assert y + high <= height + 1, (name, text["id"])


def test_everything_lies_on_the_pane_and_nothing_on_something_else(pictures: Pictures) -> None:
    for name, picture in pictures.items():
        width, height = picture["size_px"]
        for element in picture["elements"]:
            x, y, wide, high = element["bounds_px"]
            assert x >= 0, (name, element)
            assert y >= 0, (name, element)
            assert x + wide <= width, (name, element)
            assert y + high <= height, (name, element)
        for one, other in combinations(picture["elements"], 2):
            apart_px = _apart_px(one["bounds_px"], other["bounds_px"])
            assert apart_px >= 0, (name, one["id"], other["id"])


def test_targets_are_large_and_apart(pictures: Pictures) -> None:
    for name, picture in pictures.items():
        mm = picture["mm_per_px"]
        for element in _touchable(picture):
            _, _, wide, high = element["bounds_px"]
            assert min(wide, high) * mm >= TARGET_MM, (name, element["id"])
        for one, other in combinations(_touchable(picture), 2):
            apart_px = _apart_px(one["bounds_px"], other["bounds_px"])
            assert apart_px * mm >= GAP_MM, (name, one["id"], other["id"])


def test_letters_can_be_read_from_half_a_metre(pictures: Pictures) -> None:
    for name, picture in pictures.items():
        for text in picture["texts"]:
            if text["em_px"] is not None:
                assert text["em_px"] * picture["mm_per_px"] >= TEXT_MM, (name, text["id"])


def test_colours_stand_out(pictures: Pictures) -> None:
    for name, picture in pictures.items():
        for element in picture["elements"]:
            enough = 4.5 if element["text"] else 3.0
            ratio = contrast(element["foreground"], element["background"])
            assert ratio >= enough, (name, element["id"], ratio)


def test_every_touchable_thing_says_what_it_is(pictures: Pictures) -> None:
    for name, picture in pictures.items():
        for element in _touchable(picture):
            assert element["say"].strip(), (name, element["id"])


def test_each_screen_asks_for_at_most_six_answers(pictures: Pictures) -> None:
    for name, picture in pictures.items():
        answers = [
            element
            for element in _touchable(picture)
            if element["id"] != "offer.paper" and element["id"].partition(".")[0] in ANSWERS
        ]
        assert len(answers) <= 6, name


def test_no_page_is_wasted_on_a_long_word(pictures: Pictures) -> None:
    for name, picture in pictures.items():
        ids = [element["id"] for element in picture["elements"]]
        struck_out = any(element["state"] == "used_up" for element in picture["elements"])
        if "more" in ids and picture["screen"] in {"groups", "topics", "language"}:
            answers = [i for i in ids if i.partition(".")[0] in {"group", "topic", "language"}]
            at_least = 1 if struck_out else 3  # its picture takes the room of a short word
            assert len(answers) - answers.count("language") >= at_least, name


def test_arabic_is_mirrored(pictures: Pictures) -> None:
    for screen in ("start", "groups", "topics-A", "check", "number", "closed", "language"):
        here, there = (pictures[f"{language}/{screen}"] for language in ("de", "ar"))
        assert (here["direction"], there["direction"]) == ("ltr", "rtl")
        width_px, margin_px = here["size_px"][0], round(7 / here["mm_per_px"])
        x, _, wide, _ = here["elements"][-1]["bounds_px"]
        assert x + wide == pytest.approx(width_px - margin_px, abs=2), screen
        assert there["elements"][-1]["bounds_px"][0] == pytest.approx(margin_px, abs=2), screen


def test_smileys_stand_in_one_order_in_all_languages(pictures: Pictures) -> None:
    for language in LANGUAGES:
        smileys = [e for e in pictures[f"{language}/feedback"]["elements"] if "smiley" in e["id"]]
        assert [e["id"] for e in smileys] == [f"smiley.{score}" for score in (5, 4, 3, 2, 1)]
        places = [(e["bounds_px"][1], e["bounds_px"][0]) for e in smileys]
        assert places == sorted(places)


def test_the_number_is_the_same_in_every_language(pictures: Pictures) -> None:
    for language in LANGUAGES:
        texts = {e["id"]: e["text"] for e in pictures[f"{language}/number"]["elements"]}
        assert texts["number"] == "A-017"

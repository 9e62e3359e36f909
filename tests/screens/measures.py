"""What the norms ask of every screen, asserted on what the stand has measured."""

from itertools import combinations
from typing import Any

from kiosk.touch.layout.pane_faults import apart_px, pane_faults

ANSWERS = {"group", "topic", "need", "answer", "skip", "more", "smiley", "offer", "start"}
PAGED = {"groups", "topics", "needs", "question", "language"}
TARGET_MM, GAP_MM, TEXT_MM = 20.0, 2.5, 8.5

Pictures = dict[str, dict[str, Any]]
"""Each picture by its name, such as "tr/number"."""


def touchable(picture: dict[str, Any]) -> list[dict[str, Any]]:
    """What a finger can tap."""
    return [element for element in picture["elements"] if element["focusable"]]


def no_text_is_clipped_or_torn(pictures: Pictures) -> None:
    """Each text and picture lies within its tile, no word torn apart."""
    for name, picture in pictures.items():
        for text in picture["texts"]:
            width, height = text["size"]
            assert not text["broken"], (name, text["id"])
            for x, y, wide, high in text["boxes"]:
                assert x >= 0, (name, text["id"])
                assert y >= 0, (name, text["id"])
                assert x + wide <= width + 1, (name, text["id"])
                assert y + high <= height + 1, (name, text["id"])


def assert_on_the_pane_and_apart(pictures: Pictures) -> None:
    """No element hangs over the edge or over another one."""
    for name, picture in pictures.items():
        assert [*pane_faults(picture)] == [], name


def targets_are_large_and_apart(pictures: Pictures) -> None:
    """A finger hits what it means."""
    for name, picture in pictures.items():
        mm = picture["mm_per_px"]
        for element in touchable(picture):
            _, _, wide, high = element["bounds_px"]
            assert min(wide, high) * mm >= TARGET_MM, (name, element["id"])
        for one, other in combinations(touchable(picture), 2):
            gap_mm = apart_px(one["bounds_px"], other["bounds_px"]) * mm
            assert gap_mm >= GAP_MM, (name, one["id"], other["id"])


def letters_can_be_read_from_half_a_metre(pictures: Pictures) -> None:
    """No letters below `TEXT_MM`."""
    for name, picture in pictures.items():
        for text in picture["texts"]:
            if text["em_px"] is not None:
                assert text["em_px"] * picture["mm_per_px"] >= TEXT_MM, (name, text["id"])


def each_screen_asks_for_at_most_six_answers(pictures: Pictures) -> None:
    """No screen offers more choices."""
    for name, picture in pictures.items():
        if picture["screen"] == "number":
            continue  # nothing is asked there
        answers = [
            element
            for element in touchable(picture)
            if element["id"] != "offer.paper" and element["id"].partition(".")[0] in ANSWERS
            if element["id"] != "more"  # it stands in the bar, as a way and no answer
        ]
        assert len(answers) <= 6, name


def no_page_is_wasted_on_a_long_word(pictures: Pictures) -> None:
    """A page of several bears as many answers as it can."""
    for name, picture in pictures.items():
        ids = [element["id"] for element in picture["elements"]]
        struck_out = any(
            element["state"] in {"used_up", "by_appointment"} for element in picture["elements"]
        )
        if "more" in ids and picture["screen"] in PAGED:
            choices = {"group", "topic", "need", "answer", "skip", "language"}
            answers = [i for i in ids if i.partition(".")[0] in choices]
            at_least = 1 if struck_out else 3  # its picture takes the room of a short word
            assert len(answers) - answers.count("language") >= at_least, name

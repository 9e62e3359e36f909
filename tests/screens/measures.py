"""What the norms ask of every screen, measured on what the stand has laid out.

A measure looks at one picture and yields its faults, one clause each.
"""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

from kiosk.domain.colour import contrast
from kiosk.touch.layout.pane_faults import apart_px, pane_faults

ANSWERS = {"group", "topic", "need", "answer", "skip", "more", "smiley", "offer", "start"}
PAGED = {"groups", "topics", "needs", "question", "language"}
TARGET_MM, GAP_MM, TEXT_MM = 20.0, 2.5, 8.6
TEXT_CONTRAST, PICTURE_CONTRAST = 4.5, 3.0

Picture = dict[str, Any]
"""What the inspection socket would tell of a screen, with the places of its texts."""

Pictures = dict[str, Picture]
"""Each picture by its name, such as "tr/number"."""

Measure = Callable[[Picture], Iterator[str]]


def faults_in(pictures: Pictures, measure: Measure) -> list[str]:
    """What a measure finds, each with the name of its picture."""
    return [f"{name}: {fault}" for name, picture in pictures.items() for fault in measure(picture)]


def touchable(picture: Picture) -> list[dict[str, Any]]:
    """What a finger can tap."""
    return [element for element in picture["elements"] if element["focusable"]]


def clipped_or_torn_texts(picture: Picture) -> Iterator[str]:
    """Each text and picture lies within its tile, no word torn apart."""
    for text in picture["texts"]:
        width, height = text["size"]
        if text["broken"]:
            yield f"{text['id']} is torn"
        for x, y, wide, high in text["boxes"]:
            if min(x, y) < 0 or x + wide > width + 1 or y + high > height + 1:
                yield f"{text['id']} leaves its tile"


def misplaced_elements(picture: Picture) -> Iterator[str]:
    """No element hangs over the edge or over another one."""
    yield from pane_faults(picture)


def small_targets(picture: Picture) -> Iterator[str]:
    """A finger hits what it means: large enough, and apart from the next."""
    mm = picture["mm_per_px"]
    for element in touchable(picture):
        least_mm = min(element["bounds_px"][2:]) * mm
        if least_mm < TARGET_MM:
            yield f"{element['id']} is {least_mm:.1f} mm wide or high"
    for one, other in combinations(touchable(picture), 2):
        gap_mm = apart_px(one["bounds_px"], other["bounds_px"]) * mm
        if gap_mm < GAP_MM:
            yield f"{one['id']} and {other['id']} are {gap_mm:.1f} mm apart"


def small_letters(picture: Picture) -> Iterator[str]:
    """No letters below `TEXT_MM`."""
    for text in picture["texts"]:
        if text["em_px"] is not None and text["em_px"] * picture["mm_per_px"] < TEXT_MM:
            yield f"{text['id']} has letters of {text['em_px'] * picture['mm_per_px']:.1f} mm"


def weak_contrasts(picture: Picture) -> Iterator[str]:
    """Words and pictures stand out from what lies behind them."""
    for element in picture["elements"]:
        enough = TEXT_CONTRAST if element["text"] else PICTURE_CONTRAST
        ratio = contrast(element["foreground"], element["background"])
        if ratio < enough:
            yield f"{element['id']} stands out by {ratio:.1f}"


def silent_targets(picture: Picture) -> Iterator[str]:
    """Every touchable thing says what it is."""
    for element in touchable(picture):
        if not element["say"].strip():
            yield f"{element['id']} says nothing"


def too_many_answers(picture: Picture) -> Iterator[str]:
    """No screen asks for one of more than six choices; on `number` nothing is asked."""
    answers = [
        element
        for element in touchable(picture)
        if element["id"] != "offer.paper" and element["id"].partition(".")[0] in ANSWERS
        if element["id"] != "more"  # it stands in the bar, as a way and no answer
    ]
    if picture["screen"] != "number" and len(answers) > 6:
        yield f"{len(answers)} answers"


def wasted_pages(picture: Picture) -> Iterator[str]:
    """A page of several bears as many answers as it can."""
    ids = [element["id"] for element in picture["elements"]]
    struck_out = any(
        element["state"] in {"used_up", "by_appointment"} for element in picture["elements"]
    )
    if "more" not in ids or picture["screen"] not in PAGED:
        return
    choices = {"group", "topic", "need", "answer", "skip", "language"}
    answers = [i for i in ids if i.partition(".")[0] in choices]
    at_least = 1 if struck_out else 3  # its picture takes the room of a short word
    if len(answers) - answers.count("language") < at_least:
        yield f"a page of {len(answers)}"

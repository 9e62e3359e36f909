"""What is said of a screen, beside what is shown on it. Each measure yields faults of one view."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kiosk.devices.phrases import spoken
from kiosk.domain.ids import GERMAN, LanguageCode
from kiosk.domain.soft_hyphen import without_soft_hyphens
from kiosk.settings.texts import Texts
from kiosk.touch.flow.state import Screen
from kiosk.touch.focus import heading_of
from kiosk.touch.layout.theme import Pane
from kiosk.touch.layout.view import Style, helps_of
from kiosk.touch.narration import Narration
from tests.touch.key_presses import presses_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.touch.layout.view import Element, View
    from kiosk.touch.narration import Words

TEXTS = Texts.load()
ALONE = Narration(TEXTS, private=True)
SMALLEST = Pane.of(800, 480)
"""What it offers, every pane does."""

IDLE = (Screen.START, Screen.CLOSED)
ERRORS = (Screen.REFUSED, Screen.TROUBLE)
"""Screens that say that something cannot be had."""

STATES = {"on", "off", "selected", "used_up", "by_appointment"}

_NUMBER = re.compile(r"\b(?:[A-Z]-)?\d{3}\b")
_FIGURE = re.compile(r"\d+")
_BETWEEN = re.compile(r"[\W_]+")


def everything_said(view: View) -> Words:
    """By somebody who listens to the page and walks once through all that has the focus."""
    words = ALONE.page(view)
    for name in view.focus_order:
        words += ALONE.focused(view, name)
    return words


def unspoken_texts(view: View) -> Iterator[str]:
    """5.1.3.3: whatever is written is said: word for word, or by a fuller sentence of its own."""
    said = [plain(sentence.text) for sentence in everything_said(view)]
    for element in view.elements:
        for shown in filter(None, (element.text, element.note)):
            if any(plain(called(shown)) in sentence for sentence in said):
                continue
            fuller = bool(element.say) and any(plain(called(element.say)) in s for s in said)
            if not fuller or not _same_figures(element, shown):
                yield f"{element.id} shows {shown!r}"


def _same_figures(element: Element, shown: str) -> bool:
    """A month may be said by its name."""
    figures, said = _FIGURE.findall(shown), "".join(_FIGURE.findall(element.say))
    if element.id.endswith(".day"):
        return any(figure in said for figure in figures)
    return all(figure in said for figure in figures)


def called(text: str) -> str:
    """With numbers as the voice says them."""
    return _NUMBER.sub(lambda found: spoken(found[0]), text)


def plain(text: str) -> str:
    """Words alone: signs and breaks are not said."""
    words = _BETWEEN.sub(" ", without_soft_hyphens(text).casefold())
    return f" {words.strip()} "


def silent_pictures(view: View) -> Iterator[str]:
    """5.1.3.6: every picture but decoration has words."""
    for element in view.elements:
        decoration = element.style is Style.PICTURE and not element.touchable
        if element.has_picture and not decoration and not element.spoken.strip():
            yield f"{element.id} has a picture without words"


def foreign_voices(view: View) -> Iterator[str]:
    """5.1.3.14: a sentence in another language names it, or is a German name."""
    own, names = view.language, {_named(element) for element in view.elements}
    for sentence in everything_said(view):
        if sentence.language not in {own, GERMAN, *names}:
            yield f"{sentence.text!r} is said in {sentence.language}"
    texts = {TEXTS(LanguageCode(own), key) for key in ("bar.back", "bar.done", "bar.close")}
    for sentence in everything_said(view):
        if sentence.text in texts and sentence.language != own:
            yield f"{sentence.text!r} is said in {sentence.language}"


def _named(element: Element) -> str:
    return element.id.removeprefix("language.") if element.id.startswith("language.") else ""


def silent_errors(view: View) -> Iterator[str]:
    """5.1.3.15: what is refused or fails is said, with its reason, in the screen's language."""
    if view.screen in ERRORS:
        own = [sentence for sentence in ALONE.page(view) if sentence.language == view.language]
        if len(own) < 2:
            yield f"{len(own)} sentences"
    slip = view.element("number.slip")
    if slip and slip.text and slip.spoken not in {each.text for each in ALONE.page(view)}:
        yield from unspoken_texts(view)


def unspoken_numbers(view: View) -> Iterator[str]:
    """5.1.3.16: a number on the glass is said as it is called, as often as is wished."""
    heading = heading_of(view)
    number = view.element("number")
    if number and heading:
        called = plain(spoken(number.text))
        if not any(called in plain(each.text) for each in ALONE.focused(view, heading)):
            yield f"{number.text} is not said"


def focus_traps(view: View) -> Iterator[str]:
    """5.1.6.2: from each element up and down lead to all others."""
    for listening in (False, True):
        heading = heading_of(view) if listening else None
        nodes = {*view.focus_order} | ({heading} if heading else set())
        for first in nodes:
            reached = {*presses_from(view, first, listening=listening)}
            if missing := nodes - reached:
                yield f"from {first} no key leads to {sorted(map(str, missing))}"


def distant_helps(view: View) -> Iterator[str]:
    """5.2: on the idle glass one touch reaches each help."""
    if view.screen in IDLE:
        for name in helps_of(SMALLEST):
            if name not in view.focus_order:
                yield f"{name} is not on the first screen"


def unclear_states(view: View) -> Iterator[str]:
    """5.6, 11.1.4.1: a state is in the words that are said."""
    for element in view.elements:
        if element.state in STATES and not _state_said(view, element):
            yield f"{element.id} does not say that it is {element.state}"


def _state_said(view: View, element: Element) -> bool:
    """Beside its name something is said that depends on the state."""
    language = LanguageCode(view.language)
    said = " ".join(sentence.text for sentence in ALONE.focused(view, element.id))
    if element.id in {"listen", "contrast", "text_size"}:
        return TEXTS(language, f"bar.{element.id}.say_{element.state}") in said
    if element.state == "selected":
        return TEXTS(language, "voice.selected.say") in said
    return plain(said) != plain(element.text) and bool(element.say)


MEASURES = (
    unspoken_texts,
    silent_pictures,
    foreign_voices,
    silent_errors,
    unspoken_numbers,
    focus_traps,
    distant_helps,
    unclear_states,
)

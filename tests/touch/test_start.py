"""The first screen says what kind of box it stands in, and says nothing that is not true."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.cli.touch import stand_ins_of
from kiosk.devices.stick_words import STICK_WORDS
from kiosk.domain.stick import StickState
from kiosk.settings.config import Devices
from kiosk.settings.config.devices import (
    BoardSettings,
    ButtonsSettings,
    LampSettings,
    PrinterSettings,
    ScannerSettings,
    SpeakerSettings,
)
from kiosk.settings.config.devices import CallDisplaySettings as Display
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.inputs import StickUpdate, TimedOut
from kiosk.touch.flow.state import Screen, ShownNumber
from kiosk.touch.layout.theme import Pane
from kiosk.touch.layout.view import Slot
from tests.touch.test_flow import OPEN, Walk
from tests.town import GERMAN, TOWN

if TYPE_CHECKING:
    from kiosk.domain.ids import LanguageCode
    from kiosk.touch.layout.view import View

TEXTS = Texts.load()
NO_STAND_INS = Devices(
    printer=PrinterSettings("serial"),
    buttons=ButtonsSettings("gpio"),
    lamp=LampSettings("none"),
    call_display=Display("ditel"),
    speaker=SpeakerSettings("alsa"),
    scanner=ScannerSettings("none"),
    board=BoardSettings("linux"),
)


def start_of(devices: Devices, size: tuple[int, int] = (1280, 800)) -> View:
    stand_ins, walk = stand_ins_of(devices), Walk()
    return present(walk.state, GlassSetup(TOWN, TEXTS, walk.flow, Pane.of(*size), stand_ins))


def notice(view: View) -> str | None:
    element = view.element("stand_in")
    return element.text if element else None


def test_a_desk_says_that_nothing_is_real() -> None:
    assert notice(start_of(Devices(board=BoardSettings("linux")))) == TEXTS(
        GERMAN, "start.stand_in"
    )


def test_a_bus_with_a_stand_in_says_no_more_than_that_something_is_missing() -> None:
    bus = Devices(printer=PrinterSettings("serial"), call_display=Display("ditel"))
    assert notice(start_of(bus)) == TEXTS(GERMAN, "start.some_missing")


@pytest.mark.parametrize("devices", [NO_STAND_INS, Devices(printer=PrinterSettings("serial"))])
def test_a_small_glass_in_a_bus_names_the_stop(devices: Devices) -> None:
    view = start_of(devices, (800, 480))
    assert notice(view) is None
    assert view.element("stop")


def test_a_complete_bus_says_nothing_of_it() -> None:
    assert notice(start_of(NO_STAND_INS)) is None


@pytest.mark.parametrize("state", StickState)
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_staff_read_at_an_idle_glass_how_their_stick_is_doing(
    state: StickState, size: tuple[int, int]
) -> None:
    walk = Walk()
    setup = GlassSetup(TOWN, TEXTS, walk.flow, Pane.of(*size))
    walk(StickUpdate(state))
    element = present(walk.state, setup).element("stick")
    assert (readable(element.text) if element else None) == STICK_WORDS.get(state)
    closed = present(replace(walk.state, screen=Screen.CLOSED), setup).element("text")
    assert closed
    assert readable(closed.text) == STICK_WORDS.get(state, TEXTS(GERMAN, "closed.text"))


def readable(text: str) -> str:
    """Without the marks that hold German full stops in place on an Arabic glass."""
    return text.replace("\N{LEFT-TO-RIGHT MARK}", "")


@pytest.mark.parametrize("state", STICK_WORDS)
@pytest.mark.parametrize("size", [(800, 480), (480, 800)])
def test_a_small_glass_has_a_few_words_for_a_stick_in_its_title(
    state: StickState, size: tuple[int, int]
) -> None:
    walk = Walk()
    walk(StickUpdate(state))
    setup = GlassSetup(TOWN, TEXTS, walk.flow, Pane.of(*size), stand_ins="all")
    element = present(walk.state, setup).element("stick")
    assert element
    assert element.slot is Slot.TOP
    assert ("Fehler" in element.text) == (not state.good and state is not StickState.NOTHING_CLOSED)


def test_a_citizen_who_is_choosing_sees_nothing_of_a_stick_and_the_next_one_does() -> None:
    walk = Walk()
    walk("start.number")
    screen = walk.state.screen
    walk(StickUpdate(StickState.WRITING))
    assert walk.state.screen is screen
    setup = GlassSetup(TOWN, TEXTS, walk.flow, Pane.of(1280, 800))
    assert present(walk.state, setup).element("stick") is None
    walk(TimedOut())
    walk(TimedOut())
    assert walk.state.screen is Screen.START
    assert present(walk.state, setup).element("stick")


PRACTICE = replace(OPEN, practice=True)


@pytest.mark.parametrize("size", [(1280, 800), (1024, 600), (800, 480), (480, 800)])
@pytest.mark.parametrize("language", TOWN.languages)
def test_a_practice_visit_is_marked_at_the_start_and_beside_each_number(
    size: tuple[int, int], language: LanguageCode
) -> None:
    walk = Walk(PRACTICE)
    setup = GlassSetup(TOWN, TEXTS, walk.flow, Pane.of(*size), stand_ins="all", printer=True)
    mark = TEXTS(language, "practice.mark")
    state = replace(walk.state, language=language)
    told = present(state, setup).element("practice")
    assert told
    assert told.text.startswith(mark)
    number = ShownNumber("A-001", 12, estimate_min=(10, 30))
    heading = present(replace(state, screen=Screen.NUMBER, shown=number), setup).element("heading")
    assert heading
    assert heading.text == mark


def test_a_visit_that_counts_is_not_marked() -> None:
    walk = Walk()
    setup = GlassSetup(TOWN, TEXTS, walk.flow, Pane.of(1280, 800))
    assert present(walk.state, setup).element("practice") is None

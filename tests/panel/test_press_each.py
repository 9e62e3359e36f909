"""A technician presses every button and reads its name."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from hardware.buttons.fake import FakeButtons
from kiosk.devices.buttons import try_each_button
from kiosk.devices.kind import NoInput, SelfTestContext
from kiosk.settings.config.devices import ButtonsSettings, Contact
from kiosk.settings.texts import Texts
from tests.town import TOWN
from tests.waiting import PATIENCE_S

if TYPE_CHECKING:
    from hardware.buttons.port import ButtonEdge

CONTACTS = {"smiley.1": Contact(5), "smiley.2": Contact(6), "next": Contact(13)}
WIRED = ButtonsSettings("gpio", CONTACTS)
TEXTS = Texts.load()


class ObservedButtons(FakeButtons):
    """Tell when a press is waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.waited_for = threading.Event()

    def wait(self, timeout_s: float) -> ButtonEdge | None:
        self.waited_for.set()
        return super().wait(timeout_s)


def tried(*presses: str, within_s: float = PATIENCE_S) -> tuple[list[str], str]:
    """What is said, and what is answered at the end; each answer is followed by the next press."""
    buttons, said, waiting = ObservedButtons(), list[str](), iter(presses)

    def press() -> None:
        name = next(waiting, None)
        if name:
            buttons.press(name)

    def hear(line: str) -> None:
        said.append(line)
        press()

    def begin() -> None:
        # what is pressed while they are opened is held, and no press
        assert buttons.waited_for.wait(PATIENCE_S)
        press()

    hand = threading.Thread(target=begin)
    hand.start()
    answer = try_each_button(buttons, WIRED, SelfTestContext(TOWN, TEXTS, hear), within_s)
    hand.join()
    return said, answer


def test_each_button_is_named_and_the_last_one_ends_it() -> None:
    said, answer = tried("next", "smiley.2", "smiley.1")
    assert said == [f"The button {name} was pressed." for name in ("next", "smiley.2", "smiley.1")]
    assert answer == "Every button was pressed."


def test_buttons_that_were_not_pressed_are_named() -> None:
    _, answer = tried("next", within_s=2)
    assert answer == "Never pressed: smiley.1, smiley.2."


def test_nothing_pressed_is_refused_in_words() -> None:
    with pytest.raises(NoInput, match=r"within 0\.1 seconds"):
        try_each_button(FakeButtons(), WIRED, SelfTestContext(TOWN, TEXTS), 0.1)


def test_a_contact_that_is_closed_from_the_start_is_reported() -> None:
    buttons = FakeButtons()
    buttons.finger.hold("smiley.1")
    said = list[str]()
    with pytest.raises(NoInput):
        try_each_button(buttons, WIRED, SelfTestContext(TOWN, TEXTS, said.append), 0.1)
    assert said == ["Closed before any press: smiley.1. Stuck, or a wrong pull?"]

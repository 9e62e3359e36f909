"""Buttons on GPIO pins: levels at the start, the kernel's time, pins that others hold."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from gpiozero.pins.mock import MockFactory

from hardware.buttons.gpio import GpioButtons, Wire
from hardware.errors import CannotOpen, DeviceBusy
from tests.emulators.contacts import PINS, move
from tests.waiting import PATIENCE_S

LONG_S = PATIENCE_S
"""Longer than any edge takes to arrive."""


def test_held_down_while_opening_is_no_press() -> None:
    factory = MockFactory()
    for wire in (PINS["smiley.1"], PINS["next"]):
        pin = factory.pin(wire.pin)
        pin._set_pull = lambda _: None  # noqa: SLF001 - the mock's finger is weaker than its pull
        pin._pull = "up"  # noqa: SLF001 - as above
        pin.drive_low()
    buttons = GpioButtons(PINS, lambda: factory)
    buttons.open()
    assert buttons.closed() == {"smiley.1", "next"}
    assert buttons.wait(0.05) is None
    buttons.close()
    factory.close()


def test_reports_the_time_at_which_the_kernel_saw_an_edge() -> None:
    factory = MockFactory()
    buttons = GpioButtons(PINS, lambda: factory)
    buttons.open()
    before_s = time.monotonic()
    move(factory, PINS["next"], closed=True)
    after_s = time.monotonic()
    time.sleep(0.05)
    edge = buttons.wait(LONG_S)
    assert edge is not None
    assert before_s <= edge.at_s <= after_s
    buttons.close()
    factory.close()


def test_hears_nothing_old_and_everything_new_after_it_was_opened_again() -> None:
    factory = MockFactory()
    buttons = GpioButtons(PINS, lambda: factory)
    buttons.open()
    move(factory, PINS["next"], closed=True)
    move(factory, PINS["next"], closed=False)
    buttons.open()
    assert buttons.wait(0.01) is None
    move(factory, PINS["smiley.5"], closed=True)
    edge = buttons.wait(LONG_S)
    assert edge is not None
    assert (edge.name, edge.down) == ("smiley.5", True)
    buttons.close()
    factory.close()


def test_says_that_a_pin_is_taken() -> None:
    factory = MockFactory()
    ours, theirs = (GpioButtons({"next": Wire(13)}, lambda: factory) for _ in range(2))
    theirs.open()
    with pytest.raises(DeviceBusy, match="GPIO13"):
        ours.open()
    theirs.close()
    ours.open()
    ours.close()
    factory.close()


def test_on_a_machine_without_pins_says_so_and_leaves_no_file_behind(tmp_path: Path) -> None:
    program = (
        "from hardware.buttons.gpio import GpioButtons, Wire\n"
        "import os\n"
        "try: GpioButtons({'next': Wire(13)}).open()\n"
        "except OSError as error: print(error)\n"
        "print(os.getcwd(), os.listdir())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    told, place = done.stdout.splitlines()
    assert told.startswith("The buttons cannot be opened: ")
    assert place == f"{tmp_path} []"


def test_without_its_library_cannot_be_opened() -> None:
    def nothing_there() -> MockFactory:
        raise ImportError("No module named 'lgpio'")

    with pytest.raises(CannotOpen, match="lgpio"):
        GpioButtons(PINS, nothing_there).open()


def test_releases_its_pins_when_one_cannot_be_had() -> None:
    factory = MockFactory()
    with pytest.raises(CannotOpen):
        GpioButtons({"smiley.1": Wire(5), "smiley.2": Wire(999)}, lambda: factory).open()
    buttons = GpioButtons({"smiley.1": Wire(5)}, lambda: factory)
    buttons.open()
    buttons.close()

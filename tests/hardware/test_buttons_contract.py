"""What all buttons must do, whatever drives them."""

from __future__ import annotations

import os
import subprocess
import sys
import termios
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from gpiozero.pins.mock import MockFactory

from hardware.buttons.fake import FakeButtons
from hardware.buttons.gpio import GpioButtons
from hardware.buttons.keyboard import KeyboardButtons
from hardware.errors import CannotOpen, DeviceClosed, DeviceLost
from tests.emulators.contacts import PINS, move
from tests.waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hardware.buttons.port import Buttons

LONG_S = PATIENCE_S
"""Longer than any edge takes to arrive."""


@dataclass
class Bench:
    """Buttons and a finger."""

    buttons: Buttons
    press: Callable[[str], object]


def fake_bench() -> Iterator[Bench]:
    buttons = FakeButtons()
    yield Bench(buttons, buttons.press)


def gpio_bench() -> Iterator[Bench]:
    factory = MockFactory()

    def press(name: str) -> None:
        move(factory, PINS[name], closed=True)
        move(factory, PINS[name], closed=False)

    yield Bench(GpioButtons(PINS, lambda: factory), press)
    factory.close()


def pipe_bench() -> Iterator[Bench]:
    yield from keyboard_bench(*os.pipe())


def terminal_bench() -> Iterator[Bench]:
    hand, terminal = os.openpty()
    yield from keyboard_bench(terminal, hand)


def keyboard_bench(read_fd: int, write_fd: int) -> Iterator[Bench]:
    key_of = {"smiley.1": b"1", "smiley.5": b"5", "next": b"n"}
    yield Bench(KeyboardButtons(fd=read_fd), lambda name: os.write(write_fd, key_of[name]))
    os.close(write_fd)
    os.close(read_fd)


@pytest.fixture(params=[fake_bench, gpio_bench, pipe_bench, terminal_bench])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    built: Iterator[Bench] = request.param()
    for bench in built:
        yield bench
        bench.buttons.close()


def test_a_press_is_an_edge_down_and_an_edge_up(bench: Bench) -> None:
    bench.buttons.open()
    bench.press("smiley.5")
    edges = [bench.buttons.wait(LONG_S), bench.buttons.wait(LONG_S)]
    assert [(edge.name, edge.down) for edge in edges if edge] == [
        ("smiley.5", True),
        ("smiley.5", False),
    ]


def test_edges_arrive_in_the_order_of_the_fingers(bench: Bench) -> None:
    bench.buttons.open()
    bench.press("smiley.1")
    bench.press("next")
    edges = [bench.buttons.wait(LONG_S) for _ in range(4)]
    assert [edge.name for edge in edges if edge and edge.down] == ["smiley.1", "next"]
    times_s = [edge.at_s for edge in edges if edge]
    assert times_s == sorted(times_s)


def test_wait_returns_nothing_without_a_press(bench: Bench) -> None:
    bench.buttons.open()
    assert bench.buttons.wait(0.01) is None


def test_an_interrupt_ends_the_wait_for_fingers(bench: Bench) -> None:
    bench.buttons.open()
    bench.buttons.interrupt()
    assert bench.buttons.wait(LONG_S) is None, "one that came before counts too"
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(bench.buttons.wait, LONG_S)
        bench.buttons.interrupt()
        assert waiting.result(LONG_S / 2) is None
    bench.press("next")
    edge = bench.buttons.wait(LONG_S)
    assert edge is not None


def test_closed_buttons_say_so(bench: Bench) -> None:
    with pytest.raises(DeviceClosed):
        bench.buttons.wait(0.01)
    with pytest.raises(DeviceClosed):
        bench.buttons.closed()


def test_no_contact_is_closed_without_a_press(bench: Bench) -> None:
    bench.buttons.open()
    assert bench.buttons.closed() == frozenset()


def test_open_again_after_close(bench: Bench) -> None:
    bench.buttons.open()
    bench.buttons.close()
    bench.buttons.close()
    bench.buttons.open()
    bench.press("next")
    edge = bench.buttons.wait(LONG_S)
    assert edge is not None
    assert edge.name == "next"


def test_fake_is_lost_when_pulled_and_comes_back() -> None:
    buttons = FakeButtons()
    buttons.open()
    buttons.plug.pull()
    with pytest.raises(DeviceLost):
        buttons.wait(0.01)
    with pytest.raises(CannotOpen):
        buttons.open()
    buttons.plug.put_back()
    buttons.open()
    assert buttons.wait(0.01) is None


def test_fake_held_down_while_opening_is_no_press() -> None:
    buttons = FakeButtons()
    buttons.finger.hold("smiley.1")
    buttons.open()
    assert buttons.closed() == {"smiley.1"}
    assert buttons.wait(0.01) is None
    buttons.finger.let_go("smiley.1")
    edge = buttons.wait(LONG_S)
    assert edge is not None
    assert not edge.down


def test_keyboard_ignores_other_keys_and_function_keys() -> None:
    read_fd, write_fd = os.pipe()
    buttons = KeyboardButtons(fd=read_fd)
    buttons.open()
    os.write(write_fd, b"\x1b[15~")
    assert buttons.wait(0.2) is None
    os.write(write_fd, b"xy7")
    assert buttons.wait(0.2) is None
    buttons.close()
    os.close(write_fd)
    os.close(read_fd)


def test_a_key_that_repeats_itself_is_a_contact_that_stays_closed() -> None:
    read_fd, write_fd = os.pipe()
    buttons = KeyboardButtons(fd=read_fd)
    buttons.open()
    os.write(write_fd, b"uuuuuu")
    edges = [buttons.wait(LONG_S), buttons.wait(LONG_S), buttons.wait(0.2)]
    assert [(edge.name, edge.down) for edge in edges if edge] == [
        ("key.up", True),
        ("key.up", False),
    ]
    buttons.close()
    os.close(write_fd)
    os.close(read_fd)


def test_keyboard_is_silent_and_idle_after_its_end() -> None:
    read_fd, write_fd = os.pipe()
    buttons = KeyboardButtons(fd=read_fd)
    buttons.open()
    os.close(write_fd)
    began_s, cpu_s = time.monotonic(), time.thread_time()
    for _ in range(5):
        assert buttons.wait(0.05) is None
    assert time.monotonic() - began_s >= 0.2
    assert time.thread_time() - cpu_s < 0.1
    buttons.close()
    os.close(read_fd)


def test_keyboard_without_a_terminal_leaves_standard_input_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read_fd, write_fd = os.pipe()
    os.write(write_fd, b"5")
    with os.fdopen(read_fd) as piped_script:
        monkeypatch.setattr("sys.stdin", piped_script)
        buttons = KeyboardButtons()
        buttons.open()
        assert buttons.wait(0.05) is None
        assert os.read(read_fd, 1) == b"5"
        buttons.close()
    os.close(write_fd)


def test_keyboard_outlives_its_terminal() -> None:
    for asked_before in (True, False):
        hand, terminal = os.openpty()
        buttons = KeyboardButtons(fd=terminal)
        buttons.open()
        if asked_before:
            assert buttons.wait(0.01) is None
        os.close(hand)
        if not asked_before:
            assert buttons.wait(0.01) is None
        buttons.close()
        os.close(terminal)


CLOSED_IN_THE_BACKGROUND = """
import fcntl, os, sys, termios
from hardware.buttons.keyboard import KeyboardButtons
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
buttons = KeyboardButtons(fd=0)
buttons.open()
buttons.wait(0.01)
job = os.fork()
if job == 0:
    os.setpgid(0, 0)
    buttons.close()
    os._exit(0)
_, ended = os.waitpid(job, os.WUNTRACED)
if os.WIFSTOPPED(ended):
    os.kill(job, 9)
sys.exit(os.WIFSTOPPED(ended))
"""


def test_keyboard_is_closed_in_the_background_without_being_stopped() -> None:
    hand, terminal = os.openpty()
    job = [sys.executable, "-c", CLOSED_IN_THE_BACKGROUND]
    subprocess.run(job, stdin=terminal, start_new_session=True, timeout=PATIENCE_S, check=True)
    os.close(hand)
    os.close(terminal)


def test_keyboard_gives_the_terminal_back_as_it_was() -> None:
    hand, terminal = os.openpty()
    before = termios.tcgetattr(terminal)
    buttons = KeyboardButtons(fd=terminal)
    buttons.open()
    buttons.wait(0.01)
    assert termios.tcgetattr(terminal) != before
    buttons.close()
    assert termios.tcgetattr(terminal) == before
    os.close(hand)
    os.close(terminal)

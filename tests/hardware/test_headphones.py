"""The socket for headphones: whether it is seen when a person plugs them in."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from hardware.headphones.fake import FakeHeadphones, FileHeadphones
from hardware.headphones.jack import JackHeadphones
from tests.emulators.sound import stand_in
from tests.waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hardware.headphones.port import Headphones

AMIXER = """
case "$*" in
*events) while read -r line <{folder}/events; do echo "$line"; done ;;
*cget*"name=Headphone Jack") echo "  ; type=BOOLEAN,access=r-------,values=1"
    echo "  : values=$(cat {folder}/switch)" ;;
*) exit 1 ;;
esac
"""


@dataclass
class Bench:
    """A socket, and the hand at its plug."""

    headphones: Headphones
    plug: Callable[[bool], None]


def fake_bench(_folder: Path, _monkeypatch: pytest.MonkeyPatch) -> Bench:
    headphones = FakeHeadphones()
    return Bench(headphones, lambda inside: headphones.plug(inside=inside))


def file_bench(folder: Path, _monkeypatch: pytest.MonkeyPatch) -> Bench:
    path = folder / "headphones"

    def plug(inside: bool) -> None:  # noqa: FBT001 - as the bench has it
        path.touch() if inside else path.unlink()

    return Bench(FileHeadphones(path), plug)


def jack_bench(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Our command lines against a stand-in for amixer, which tells of each change at once."""
    os.mkfifo(folder / "events")
    (folder / "switch").write_text("off")
    stand_in(folder, "amixer", AMIXER.format(folder=folder), monkeypatch)

    def plug(inside: bool) -> None:  # noqa: FBT001 - as the bench has it
        (folder / "switch").write_text("on" if inside else "off")
        (folder / "events").write_text("event value: numid=1\n")

    return Bench(JackHeadphones("Device", "Headphone Jack"), plug)


@pytest.fixture(params=[fake_bench, file_bench, jack_bench])
def bench(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    built: Bench = request.param(tmp_path, monkeypatch)
    return built


def test_who_plugs_them_in_or_out_is_seen_at_once(bench: Bench) -> None:
    changed = threading.Event()
    assert not bench.headphones.plugged
    bench.headphones.watch(changed.set)
    for inside in (True, False):
        bench.plug(inside)
        assert changed.wait(PATIENCE_S)
        changed.clear()
        assert bench.headphones.plugged is inside
    bench.headphones.close()


def test_a_card_without_the_switch_or_a_box_without_amixer_says_no(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, "amixer", "exit 1", monkeypatch)
    headphones = JackHeadphones("Device", "Headphone Jack")
    assert not headphones.plugged
    assert not headphones.is_known()


def test_a_handset_is_always_there() -> None:
    assert FakeHeadphones(plugged=True).plugged

"""A real PipeWire of our own, with a null sink and a session bus that ends with it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from hardware.errors import CannotOpen, DeviceLost, HardwareError
from hardware.speaker.chime import chime
from hardware.speaker.pipewire import PipeWireSpeaker
from tests.waiting import PATIENCE_S, eventually

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PRIVATE = """
context.properties = { core.daemon = true core.name = pipewire-0 }
context.spa-libs = {
    audio.convert.* = audioconvert/libspa-audioconvert
    support.* = support/libspa-support
}
context.modules = [
    { name = libpipewire-module-protocol-native }
    { name = libpipewire-module-spa-node-factory }
    { name = libpipewire-module-client-node }
    { name = libpipewire-module-access }
    { name = libpipewire-module-adapter }
    { name = libpipewire-module-metadata }
    { name = libpipewire-module-link-factory }
    { name = libpipewire-module-session-manager }
]
context.objects = [
    { factory = spa-node-factory args = {
        factory.name = support.node.driver node.name = clock priority.driver = 20000
    } }
    { factory = adapter args = {
        factory.name = support.null-audio-sink node.name = bus media.class = Audio/Sink
        object.linger = true audio.position = [ MONO ]
    } }
]
"""

_START = """
PIPEWIRE_CONFIG_DIR="$XDG_RUNTIME_DIR" pipewire -c private.conf &
echo $! >"$XDG_RUNTIME_DIR/pid"
while ! pw-cli info 0 >/dev/null 2>&1; do sleep 0.05; done
exec wireplumber
"""


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (tmp_path / "private.conf").write_text(_PRIVATE)
    with (tmp_path / "log").open("wb") as log:
        session = subprocess.Popen(
            ["dbus-run-session", "--", "sh", "-c", _START], stdout=log, stderr=log
        )
        yield tmp_path
        _end(tmp_path)
        # it ends its bus when wireplumber is gone; ended by us it would leave it
        session.wait(PATIENCE_S)


def _end(runtime: Path) -> None:
    """PipeWire goes; wireplumber ends with it."""
    with suppress(ProcessLookupError):
        os.kill(int((runtime / "pid").read_text()), signal.SIGTERM)


def _opens(speaker: PipeWireSpeaker) -> bool:
    try:
        speaker.open()
    except HardwareError:
        return False
    return True


@pytest.mark.slow
def test_pipewire_plays_to_the_sink_that_was_named_and_to_no_other(runtime: Path) -> None:
    speaker = PipeWireSpeaker("bus")
    eventually(lambda: _opens(speaker), "a PipeWire that plays")
    began_s = time.monotonic()
    speaker.play(chime())
    assert time.monotonic() - began_s > 0.9 * chime().duration_s, "it was not played to the end"
    speaker.check()
    with pytest.raises(CannotOpen, match="PipeWire has no such sink"):
        PipeWireSpeaker("headphones").open()

    _end(runtime)
    eventually(lambda: not _opens(PipeWireSpeaker("bus")), "the end of PipeWire")
    with pytest.raises(DeviceLost):
        speaker.play(chime())
    with pytest.raises(CannotOpen, match="PipeWire does not run"):
        speaker.open()

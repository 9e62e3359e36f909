"""A sound system of its own for a test: ALSA without a card, and players as stand-ins."""

from __future__ import annotations

import math
import os
import stat
from array import array
from typing import TYPE_CHECKING

from hardware.speaker.port import LOUDEST, Sound
from hardware.speaker.waveform import from_wav

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

_ALSA = """
pcm.nowhere {{ type null }}
pcm.bus {{
    type file
    slave.pcm nowhere
    file "|{keep}"
    format "wav"
}}
"""


def tone(hz: float, duration_s: float, peak: float = 0.5, rate_hz: int = 22050) -> Sound:
    """A plain sine."""
    steps = range(round(duration_s * rate_hz))
    samples = (round(peak * LOUDEST * math.sin(2 * math.pi * hz * n / rate_hz)) for n in steps)
    return Sound(f"{hz:g} Hz", rate_hz, array("h", samples))


def strength(sound: Sound, hz: float) -> float:
    """How much of one pitch there is in a sound, 0 to 1, by Goertzel's recurrence."""
    turn = 2 * math.cos(2 * math.pi * hz / sound.rate_hz)
    last = before = 0.0
    for sample in sound.samples:
        last, before = sample + turn * last - before, last
    power = last * last + before * before - turn * last * before
    return 2 * math.sqrt(max(power, 0.0)) / (len(sound.samples) * LOUDEST)


class FileCard:
    """The ALSA output `bus`: what is played to it becomes WAV files. Speaks to the real aplay."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._heard = folder / "heard"
        self._heard.mkdir()
        self._keep = _script(folder / "keep", f"exec cat >{self._heard}/$(date +%s%N).wav")
        self._configuration = folder / "asound.conf"
        monkeypatch.setenv("ALSA_CONFIG_PATH", str(self._configuration))
        self.plug_in()

    def plug_in(self) -> None:
        self._configuration.write_text(_ALSA.format(keep=self._keep))

    def pull(self) -> None:
        self._configuration.write_text("pcm.nowhere { type null }\n")

    def heard(self) -> list[Sound]:
        """Everything but silence, in order. ALSA cannot write the length into a pipe's header."""
        files = [path.read_bytes() for path in sorted(self._heard.glob("*.wav"))]
        rates = [int.from_bytes(file[24:28], "little") for file in files]
        sounds = [
            Sound("heard", rate_hz, array("h", file[44:]))
            for file, rate_hz in zip(files, rates, strict=True)
        ]
        return [sound for sound in sounds if sound.peak]


def audible(folder: Path) -> list[Sound]:
    """The sounds in the files of a folder, by name, without silent ones."""
    sounds = [from_wav(path.read_bytes(), path.stem) for path in sorted(folder.glob("*.wav"))]
    return [sound for sound in sounds if sound.peak]


def stand_in(folder: Path, name: str, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a shell script of that name in front of the real program."""
    programs = folder / "bin"
    programs.mkdir(exist_ok=True)
    _script(programs / name, script)
    path = os.environ["PATH"]
    if not path.startswith(str(programs)):
        monkeypatch.setenv("PATH", f"{programs}:{path}")


def _script(path: Path, content: str) -> Path:
    path.write_text(f"#!/bin/sh\n{content}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path

"""Loudspeaker behind a player: a program that plays one WAV file and ends."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from array import array
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hardware import program
from hardware.errors import CannotOpen, DeviceBusy, DeviceClosed, DeviceLost, DeviceSilent
from hardware.speaker.port import Sound
from hardware.speaker.waveform import as_wav

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from threading import Event

    from hardware.program import CompletedProgram

PLAYER_TIMEOUT_S = 4.0
"""How much longer than the sound a player may take, to wake an amplifier and play what it holds."""

_SILENCE = Sound("silence", 22050, array("h", bytes(2 * 1102)))
"""A twentieth of a second: enough to find out whether an output is there."""


class PlayerSpeaker(ABC):
    """Starts the program anew for each sound, and kills it when it takes too long."""

    def __init__(self, output: str, patience_s: float = PLAYER_TIMEOUT_S) -> None:
        self._output = output
        self._patience_s = patience_s
        self._is_open = False

    @abstractmethod
    def _command(self, file: str) -> list[str]:
        """The program and its arguments."""

    @abstractmethod
    def _find(self) -> None:
        """Raise `DeviceLost` if the output is known to be gone; makes no sound."""

    def open(self) -> None:
        """Play silence; raises `CannotOpen`, `DeviceBusy`, `DeviceSilent`."""
        self.close()
        try:
            self._find()
            self._play(_SILENCE)
        except DeviceSilent:
            raise
        except DeviceLost as error:
            kind = DeviceBusy if "busy" in error.reason else CannotOpen
            raise kind("speaker", error.reason) from error
        self._is_open = True

    def close(self) -> None:
        self._is_open = False

    def play(self, sound: Sound, stopped: Event | None = None) -> None:
        self._require_open()
        self._play(sound, stopped)

    def check(self) -> None:
        self._require_open()
        self._find()

    def forget(self) -> None:
        self._require_open()

    def _require_open(self) -> None:
        if not self._is_open:
            raise DeviceClosed("speaker")

    def _play(self, sound: Sound, stopped: Event | None = None) -> None:
        with _in_memory(as_wav(sound)) as file:
            command = self._command(f"/proc/self/fd/{file}")
            longest_s = sound.duration_s + self._patience_s
            done = run_for_speaker(command, longest_s, files=[file], stopped=stopped)
        if done.failed and not (stopped and stopped.is_set()):
            raise DeviceLost("speaker", self._reason(done.complaint))

    def _reason(self, said: str) -> str:
        """The last line of what the player said, without the place in its source."""
        lines = said.splitlines() or ["the player gave no reason"]
        return f"{self._output}: {lines[-1].rpartition(': ')[2].rstrip('.')}"


def run_for_speaker(
    command: Sequence[str],
    longest_s: float,
    files: Sequence[int] = (),
    stopped: Event | None = None,
) -> CompletedProgram:
    """Run a program of the sound system; raises `CannotOpen`, `DeviceSilent`, `DeviceLost`."""
    try:
        if stopped is not None:
            return program.run_until(stopped, command, longest_s, files)
        return program.run(command, longest_s, files=files)
    except program.ProgramMissing as error:
        raise CannotOpen("speaker", str(error)) from error
    except program.ProgramHung as error:
        raise DeviceSilent("speaker", longest_s) from error
    except OSError as error:
        raise DeviceLost("speaker", error.strerror or "no process") from error


@contextmanager
def _in_memory(content: bytes) -> Iterator[int]:
    """A file that has no name on any disk, as a number that a child can open."""
    file = os.memfd_create("sound")
    try:
        with os.fdopen(os.dup(file), "wb") as writing:
            writing.write(content)
        yield file
    finally:
        os.close(file)

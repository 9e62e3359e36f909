"""A loudspeaker behind a program that plays one WAV file and ends when it has been heard."""

from __future__ import annotations

import os
import subprocess
from abc import ABC, abstractmethod
from array import array
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hardware.errors import CannotOpen, DeviceBusy, DeviceClosed, DeviceLost, DeviceSilent
from hardware.program import ProgramMissing, die_with_parent
from hardware.speaker.port import Sound
from hardware.speaker.waveform import as_wav

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_S = 4.0
"""How much longer than the sound a player may take, to wake an amplifier and play what it holds."""

_SILENCE = Sound("silence", 22050, array("h", bytes(2 * 1102)))
"""A twentieth of a second: enough to find out whether an output is there."""


class PlayerSpeaker(ABC):
    """Starts the program anew for each sound, and kills it when it takes too long."""

    def __init__(self, output: str, patience_s: float = PATIENCE_S) -> None:
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

    def play(self, sound: Sound) -> None:
        self._require_open()
        self._play(sound)

    def check(self) -> None:
        self._require_open()
        self._find()

    def forget(self) -> None:
        self._require_open()

    def _require_open(self) -> None:
        if not self._is_open:
            raise DeviceClosed("speaker")

    def _play(self, sound: Sound) -> None:
        longest_s = sound.duration_s + self._patience_s
        with _in_memory(as_wav(sound)) as file:
            try:
                done = subprocess.run(
                    die_with_parent(*self._command(f"/proc/self/fd/{file}")),
                    pass_fds=[file],
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    timeout=longest_s,  # then it is killed, and waited for
                    env={**os.environ, "LC_ALL": "C"},
                    check=False,
                )
            except ProgramMissing as error:
                raise CannotOpen("speaker", str(error)) from error
            except subprocess.TimeoutExpired as error:
                raise DeviceSilent("speaker", longest_s) from error
            except OSError as error:
                raise DeviceLost("speaker", error.strerror or "no process") from error
        if done.returncode:
            raise DeviceLost("speaker", self._reason(done.stderr.decode(errors="replace")))

    def _reason(self, said: str) -> str:
        """The last line of what the player said, without the place in its source."""
        lines = said.strip().splitlines() or ["the player gave no reason"]
        return f"{self._output}: {lines[-1].rpartition(': ')[2].rstrip('.')}"


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

"""A loudspeaker for a desk and a demo: every sound becomes a WAV file in a folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hardware.errors import CannotOpen, DeviceClosed, DeviceLost
from hardware.speaker.waveform import as_wav

if TYPE_CHECKING:
    from pathlib import Path

    from hardware.speaker.port import Sound

MOST_KEPT = 200
"""A demo may run for weeks: the oldest go."""


class WavSpeaker:
    """Writes `sound-000001.wav` and so on, after what lies there, until told to forget."""

    def __init__(self, folder: Path, most_kept: int = MOST_KEPT) -> None:
        self._folder = folder
        self._most_kept = most_kept
        self._is_open = False

    def open(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotOpen("speaker", f"{self._folder}: {error.strerror}") from error
        self._is_open = True

    def close(self) -> None:
        self._is_open = False

    def play(self, sound: Sound) -> None:
        self._require_open()
        try:
            self._write(as_wav(sound))
        except OSError as error:
            raise DeviceLost("speaker", f"{self._folder}: {error.strerror}") from error

    def check(self) -> None:
        self._require_open()
        if not self._folder.is_dir():
            raise DeviceLost("speaker", f"{self._folder} is gone")

    def forget(self) -> None:
        self._require_open()
        try:
            self._keep_only(0)
        except OSError as error:
            raise DeviceLost("speaker", f"{self._folder}: {error.strerror}") from error

    def _require_open(self) -> None:
        if not self._is_open:
            raise DeviceClosed("speaker")

    def _write(self, content: bytes) -> None:
        """Under another name first, so that half a sound is never heard."""
        kept = self._keep_only(self._most_kept - 1)
        unfinished = self._folder / f"{os.getpid()}.part"
        unfinished.write_bytes(content)
        number = int(kept[-1].stem.removeprefix("sound-")) if kept else 0
        taken = True
        while taken:  # a trial from another process may have that number
            number += 1
            try:
                (self._folder / f"sound-{number:06}.wav").hardlink_to(unfinished)
                taken = False
            except FileExistsError:
                continue
        unfinished.unlink()

    def _keep_only(self, most: int) -> list[Path]:
        """Delete the oldest; answers what is left, oldest first."""
        sounds = sorted(self._folder.glob("sound-[0-9]*[0-9].wav"))
        for sound in sounds[: max(0, len(sounds) - most)]:
            sound.unlink(missing_ok=True)
        return sounds[max(0, len(sounds) - most) :]

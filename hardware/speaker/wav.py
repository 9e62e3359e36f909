"""File speaker, a stand-in: every sound becomes a WAV file in a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.errors import CannotOpen, DeviceClosed, DeviceLost
from hardware.numbered_files import NumberedFiles, require_room, write_error
from hardware.speaker.waveform import as_wav

if TYPE_CHECKING:
    from pathlib import Path
    from threading import Event

    from hardware.speaker.port import Sound

MOST_FILES = 200
"""A demo may run for weeks: the oldest go."""


class WavSpeaker:
    """Writes `sound-000001.wav` and so on, after what lies there, until told to forget."""

    def __init__(self, folder: Path, most_files: int = MOST_FILES) -> None:
        self._folder = folder
        self._sounds = NumberedFiles(folder, "sound", "wav")
        self._most_files = most_files
        self._is_open = False

    def open(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotOpen("speaker", f"{self._folder}: {error.strerror}") from error
        require_room("speaker", self._folder)
        self._is_open = True

    def close(self) -> None:
        self._is_open = False

    def play(self, sound: Sound, stopped: Event | None = None) -> None:
        self._require_open()
        if stopped and stopped.is_set():
            return
        try:
            self._sounds.keep_newest(self._most_files - 1)
            self._sounds.write(as_wav(sound))
        except OSError as error:
            raise write_error("speaker", self._folder, error) from error

    def check(self) -> None:
        self._require_open()
        if not self._folder.is_dir():
            raise DeviceLost("speaker", f"{self._folder} is gone")
        require_room("speaker", self._folder)

    def forget(self) -> None:
        self._require_open()
        try:
            self._sounds.forget()
        except OSError as error:
            raise write_error("speaker", self._folder, error) from error

    def _require_open(self) -> None:
        if not self._is_open:
            raise DeviceClosed("speaker")

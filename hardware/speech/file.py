"""Voice of the glass as a file: what would be said, one JSON object a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hardware.errors import CannotOpen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hardware.errors import HardwareError
    from hardware.speech.port import SpeechOutput, SpokenText


class FileSpeech:
    """Writes `language`, `text`, `target` and `volume_percent` of each sentence.

    `utterance` counts what was said at once: a new one has ended the one before. For a desk, for
    tests and inspection; at each start it begins anew.
    """

    speaking = False
    """Speaking to a file takes no time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._utterance = 0
        self.trouble: HardwareError | None = None
        self._write("", "w")

    def say(
        self, sentences: Sequence[SpokenText], target: SpeechOutput, volume_percent: int
    ) -> None:
        self._utterance += 1
        entries = [
            {
                "utterance": self._utterance,
                "language": sentence.language,
                "text": sentence.text,
                "target": target,
                "volume_percent": volume_percent,
            }
            for sentence in sentences
        ]
        self._write("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in entries), "a")

    def stop(self) -> None:
        """Nothing is under way."""

    def has_voice(self, language: str) -> bool:
        return bool(language)

    def close(self) -> None:
        """Each line is on its way already."""

    def _write(self, lines: str, mode: str) -> None:
        try:
            with self._path.open(mode, encoding="utf-8") as file:
                file.write(lines)
            self.trouble = None
        except OSError as error:
            self.trouble = CannotOpen("voice", f"{self._path}: {error.strerror}")

"""ALSA driver of the loudspeaker (aplay): the way for a box, where nothing else plays."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from hardware.errors import DeviceLost
from hardware.speaker.player import PLAYER_TIMEOUT_S, PlayerSpeaker

_CARD = re.compile(r"^(?:plug)?hw:(?:CARD=)?(\w+)|\bCARD=(\w+)")


class AlsaSpeaker(PlayerSpeaker):
    """`output` is a name that `aplay -L` lists, such as `plughw:CARD=Device,DEV=0`.

    A card that it names is looked for below `sys` now and then, without a sound.
    """

    def __init__(
        self, output: str, patience_s: float = PLAYER_TIMEOUT_S, sys: Path = Path("/sys")
    ) -> None:
        super().__init__(output, patience_s)
        named = _CARD.search(output)
        self._card = (named[1] or named[2]) if named else None
        self._sys = sys

    def _find(self) -> None:
        if self._card and self._card not in self._cards():
            raise DeviceLost("speaker", f"{self._output}: there is no such card")

    def _command(self, file: str) -> list[str]:
        return ["aplay", "--quiet", f"--device={self._output}", file]

    def _cards(self) -> set[str]:
        """Names and numbers of the cards that the kernel has."""
        cards: set[str] = set()
        for folder in (self._sys / "class/sound").glob("card[0-9]*"):
            with suppress(OSError):  # pulled in this moment
                cards |= {(folder / "id").read_text(encoding="utf-8").strip(), folder.name[4:]}
        return cards

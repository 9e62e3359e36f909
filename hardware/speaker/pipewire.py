"""PipeWire driver of the loudspeaker (pw-play): for a desk, mixed with other sounds."""

from __future__ import annotations

import re

from hardware.errors import DeviceLost
from hardware.speaker.player import PlayerSpeaker, run_for_speaker

DEFAULT = "default"
LONGEST_LOOK_S = 3.0
_NODE = re.compile(r'(?:node\.name|object\.serial) = "([^"]*)"')


class PipeWireSpeaker(PlayerSpeaker):
    """`output` is a sink's name or serial number, as `pw-cli ls Node` has them, or `default`.

    A sink that is gone is an error: PipeWire would play to another one, perhaps out of earshot.
    """

    def _command(self, file: str) -> list[str]:
        if self._output == DEFAULT:
            return ["pw-play", file]
        stay = "{ node.dont-reconnect = true }"
        return ["pw-play", f"--target={self._output}", f"--properties={stay}", file]

    def _find(self) -> None:
        if self._output != DEFAULT and self._output not in _NODE.findall(self._nodes()):
            raise DeviceLost("speaker", f"{self._output}: PipeWire has no such sink")

    def _nodes(self) -> str:
        done = run_for_speaker(["pw-cli", "ls", "Node"], LONGEST_LOOK_S)
        if done.failed:
            raise DeviceLost("speaker", "PipeWire does not run for this user")
        return done.output.decode(errors="replace")

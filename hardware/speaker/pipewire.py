"""Sound through PipeWire, by the program pw-play: for a desk, beside whatever else plays there."""

from __future__ import annotations

import re
import subprocess

from hardware.errors import CannotOpen, DeviceLost, DeviceSilent
from hardware.program import ProgramMissing, die_with_parent
from hardware.speaker.player import PlayerSpeaker

DEFAULT = "default"
LONGEST_LOOK_S = 3.0
_NODE = re.compile(r'(?:node\.name|object\.serial) = "([^"]*)"')


class PipeWireSpeaker(PlayerSpeaker):
    """`output` is a sink's name or serial number, as `pw-cli ls Node` has them, or `default`.

    A sink that is gone is an error: PipeWire would play to another one, which nobody may hear.
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
        try:
            done = subprocess.run(
                die_with_parent("pw-cli", "ls", "Node"),
                capture_output=True,
                text=True,
                timeout=LONGEST_LOOK_S,
                check=False,
            )
        except ProgramMissing as error:
            raise CannotOpen("speaker", str(error)) from error
        except subprocess.TimeoutExpired as error:
            raise DeviceSilent("speaker", LONGEST_LOOK_S) from error
        except OSError as error:
            raise DeviceLost("speaker", error.strerror or "no process") from error
        if done.returncode:
            raise DeviceLost("speaker", "PipeWire does not run for this user")
        return done.stdout

"""A real `kiosk touch` process, and a finger that reaches it through the inspection socket."""

import base64
import io
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from kiosk.service import visits
from kiosk.touch.inspection import address
from kiosk.wiring.box import Kiosk
from tests.midnight import await_day
from tests.waiting import PATIENCE_S, eventually

LEAVING = {
    "number": "number.done",
    "returned": "returned.done",
    "survey": "survey.done",
    "thanks": "thanks.done",
    "sheet": "sheet.done",
    **dict.fromkeys(("needs", "offers", "offer"), "close"),
    "start": "start.feedback",
    "feedback": "smiley.5",
}
"""What leads, from anywhere else by `back`, to where a citizen is done: then the glass is fresh."""

A_TEST_S = 120.0
"""What a test takes at the glass, on a busy machine."""


@dataclass
class RunningGlass:
    """`kiosk touch` over a data folder, on a display."""

    data: Path
    environment: Mapping[str, str]
    size: str = "1280x800"
    checkout: Path = field(default_factory=Path.cwd)
    process: subprocess.Popen[bytes] = field(init=False)

    @property
    def command(self) -> list[str]:
        """What runs the product."""
        return [sys.executable, "-m", "kiosk"]

    def start(self) -> None:
        """Start it and wait until it says that it can be touched."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
            name = f"glass-test-{os.getpid()}-{id(self)}"
            ear.bind(f"\0{name}")
            ear.settimeout(PATIENCE_S)
            self.process = subprocess.Popen(
                [*self.command, "touch", "--data", self.data, "--size", self.size],
                env={**self.environment, "NOTIFY_SOCKET": f"@{name}"},
                cwd=self.checkout,
            )
            while b"READY=1" not in ear.recv(4096).splitlines():
                pass

    def kill(self) -> None:
        """As a crash or a power cut ends it."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """As systemd ends it."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_S)

    def begin_visit(self, kiosk: Kiosk) -> None:
        """Go on in a new visit as if just started; what the last one left on the glass is gone."""
        await_day(A_TEST_S)
        if kiosk.office.read(visits.current_visit):
            eventually(lambda: self.screen() == "closed" or self._leave(), "a citizen who is done")
            visits.close_visit(kiosk.office, kiosk.now(), expected=None)
        eventually(lambda: self.screen() == "closed", "the end of the last visit")
        visits.open_visit(kiosk.office, None, None, kiosk.now())
        eventually(lambda: self.screen() == "start", "the start of a new visit")

    def _leave(self) -> bool:
        way = LEAVING.get(self.screen(), "back")
        return self.ask(command="tap", id=way) == {"done": True} and way.endswith(".done")

    def ask(self, **request: str) -> dict[str, Any]:
        """One request to the inspection socket."""
        with (
            socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as channel,
            address(self.data / "touch.sock") as short,
        ):
            channel.settimeout(PATIENCE_S)
            channel.connect(short)
            channel.sendall(json.dumps(request).encode() + b"\n")
            answer: dict[str, Any] = json.loads(channel.makefile("rb").readline())
            return answer

    def tree(self) -> dict[str, Any]:
        """What the glass shows."""
        return self.ask(command="describe")

    def screen(self) -> str:
        """The screen that it shows."""
        return str(self.tree()["screen"])

    def element(self, name: str) -> dict[str, Any]:
        """One element of what it shows."""
        elements = self.tree()["elements"]
        return next(element for element in elements if element["id"] == name)

    def tap(self, *names: str) -> None:
        """Tap elements one after the other, each once the office has answered the one before."""
        for name in names:
            self.touch(name)
            self._await_office()

    def touch(self, name: str) -> None:
        """Tap an element; the office may need a moment."""
        answer = self.ask(command="tap", id=name)
        assert answer == {"done": True}, answer

    def key(self, *names: str) -> None:
        """Press keys one after the other, each once the office has answered the one before."""
        for name in names:
            assert self.ask(command="key", name=name) == {"done": True}
            self._await_office()

    def _await_office(self) -> None:
        eventually(lambda: self.screen() != "moment", "an answer of the office")

    def picture(self) -> Image.Image:
        """What can be seen."""
        return Image.open(io.BytesIO(base64.b64decode(self.ask(command="shot")["png"])))

    def centre(self, name: str) -> tuple[int, int]:
        """Where a finger would touch an element, in pixels from the top left."""
        x, y, width, height = self.element(name)["bounds_px"]
        return x + width // 2, y + height // 2

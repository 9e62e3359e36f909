"""A loudspeaker in memory."""

from collections import deque

from hardware.plug import Plug

MOST_REMEMBERED = 1000


class FakeSpeaker:
    """Keeps what was to be heard: `chime`, or the sentence with its language in front."""

    def __init__(self) -> None:
        self.plug = Plug("speaker")
        self.heard: deque[str] = deque(maxlen=MOST_REMEMBERED)

    def open(self) -> None:
        self.plug.open()

    def close(self) -> None:
        self.plug.close()

    def chime(self) -> None:
        self.plug.require()
        self.heard.append("chime")

    def say(self, text: str, language: str) -> None:
        self.plug.require()
        self.heard.append(f"{language}: {text}")

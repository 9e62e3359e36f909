"""A tiny MQTT broker on loopback: one topic of retained messages, as MQTT 3.1.1 describes it."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from tests.ports import free_port

if TYPE_CHECKING:
    from typing import BinaryIO

NOT_AUTHORISED: Final = 5
_GOES_ON: Final = 0x80


class Packet(IntEnum):
    """The first half of a packet's first byte."""

    CONNECT = 1
    CONNACK = 2
    PUBLISH = 3
    PUBACK = 4
    PINGREQ = 12
    PINGRESP = 13


@dataclass
class Broker:
    """`retained` has the last payload of each topic; `mute` confirms no message any more."""

    password: str = ""
    mute: bool = False
    retained: dict[str, bytes] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    _listener: socket.socket | None = None
    _links: list[socket.socket] = field(default_factory=list)

    def plug_in(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def pull(self) -> None:
        """The power of the broker is gone: what it kept in memory too."""
        for gone in (self._listener, *self._links):
            if gone is not None:
                with suppress(OSError):
                    gone.shutdown(socket.SHUT_RDWR)
                gone.close()
        self._listener, self._links = None, []
        self.retained.clear()

    def shown(self, topic: str) -> tuple[str, str] | None:
        """What a display that listens to this topic shows."""
        call = json.loads(self.retained.get(topic, b'{"number": null}'))
        return (call["number"], call["desk"]) if call["number"] else None

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                link, _ = listener.accept()
                self._links.append(link)
                threading.Thread(target=self._serve, args=(link,), daemon=True).start()

    def _serve(self, link: socket.socket) -> None:
        with suppress(OSError), link.makefile("rb") as heard:
            while head := heard.read(1):
                body = heard.read(_length(heard))
                answer = self._answer(head[0], body)
                if answer is None:
                    break
                link.sendall(answer)
        link.close()

    def _answer(self, head: int, body: bytes) -> bytes | None:
        """None ends the link."""
        match head >> 4:
            case Packet.CONNECT:
                refused = NOT_AUTHORISED if self.password.encode() not in body else 0
                return bytes([Packet.CONNACK << 4, 2, 0, refused])
            case Packet.PUBLISH:
                size = int.from_bytes(body[:2])
                topic, number = body[2 : 2 + size].decode(), body[2 + size : 4 + size]
                if self.mute:
                    return b""
                if head & 1:
                    self.retained[topic] = body[4 + size :]
                return bytes([Packet.PUBACK << 4, 2]) + number
            case Packet.PINGREQ:
                return bytes([Packet.PINGRESP << 4, 0])
        return None


def _length(heard: BinaryIO) -> int:
    length = shift = 0
    while True:
        byte = heard.read(1)[0]
        length |= (byte & ~_GOES_ON) << shift
        if not byte & _GOES_ON:
            return length
        shift += 7

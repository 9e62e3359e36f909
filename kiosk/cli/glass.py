"""`kiosk glass`: look at the touchscreen and touch it from afar, through the inspection socket."""

from __future__ import annotations

import base64
import select
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from kiosk.cli.common import data_option, glass_option, json_option, print_json
from kiosk.domain.errors import KioskError, Refused
from kiosk.system.heartbeat import door_seen
from kiosk.touch.focus import KEYS
from kiosk.touch.inspection import address

if TYPE_CHECKING:
    from kiosk.system.heartbeat import DoorSeen
    from kiosk.system.paths import Paths

TIMEOUT_S = 60.0
LOOK_EVERY_S = 1.0
"""Whether a glass from which no answer comes still shows signs of life."""

_CHUNK_BYTES = 65536


class GlassNotAnswering(KioskError):
    """The inspection socket does not answer."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(
            f"The glass does not answer at {path} ({reason}):"
            " start it with 'kiosk run', or be the user who runs it."
        )


class GlassFrozen(KioskError):
    """The glass runs, and its main loop does not turn."""

    def __init__(self, glass: DoorSeen) -> None:
        self.glass = glass.door
        super().__init__(
            f"The glass {glass.sentence}: it hangs. It is started again by itself after 30 s; else"
            f" systemctl restart kiosk-touch, or end 'kiosk run' and start it again."
        )


@click.group()
def command() -> None:
    """Look at the running touchscreen, and touch it."""


@command.command()
@json_option
@glass_option
@data_option
def describe(paths: Paths, name: str, *, as_json: bool) -> None:
    """What the glass shows now."""
    tree = _ask(paths, name, command="describe")
    if as_json:
        print_json(tree)
        return
    click.echo(f"{tree['screen']} ({tree['language']}, {tree['direction']}, {tree['theme']})")
    for element in tree["elements"]:
        touchable = "*" if element["focusable"] else " "
        click.echo(f" {touchable} {element['id']:24} {element['text'] or element['say']}")


@command.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@glass_option
@data_option
def shot(paths: Paths, name: str, file: Path) -> None:
    """A picture of the glass, as PNG."""
    picture = base64.b64decode(_ask(paths, name, command="shot")["png"])
    try:
        file.write_bytes(picture)
    except OSError as error:
        raise Refused(f"{file} cannot be written: {error.strerror}.") from error


@command.command()
@click.argument("element", metavar="ID")
@glass_option
@data_option
def tap(paths: Paths, name: str, element: str) -> None:
    """Touch an element, as a finger would."""
    _ask(paths, name, command="tap", id=element)


@command.command()
@click.argument("pressed", metavar="NAME", type=click.Choice(KEYS))
@glass_option
@data_option
def key(paths: Paths, name: str, pressed: str) -> None:
    """Press a key."""
    _ask(paths, name, command="key", name=pressed)


def _ask(paths: Paths, glass: str, **request: str) -> dict[str, Any]:
    line = _exchange(paths, glass, msgspec.json.encode(request))
    answer = msgspec.json.decode(line, type=dict[str, Any])
    if "error" in answer:
        raise Refused(answer["error"])
    return answer


def _exchange(paths: Paths, name: str, line: bytes) -> bytes:
    """One line there, one line back. Raises `GlassNotAnswering`, `GlassFrozen`."""
    path = paths.glass_socket(name)
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as channel, address(path) as short:
            channel.connect(short)
            channel.sendall(line + b"\n")
            answer = _answer(channel, paths, name)
    except OSError as error:
        raise GlassNotAnswering(path, error.strerror or "no answer in time") from error
    if not answer:
        raise GlassNotAnswering(path, "it ended")
    return answer


def _answer(channel: socket.socket, paths: Paths, name: str) -> bytes:
    """All that comes up to the end of a line, as long as the glass shows signs of life."""
    answer, deadline_s = b"", time.monotonic() + TIMEOUT_S
    while not answer.endswith(b"\n"):
        readable, _, _ = select.select([channel], [], [], LOOK_EVERY_S)
        if readable:
            received = channel.recv(_CHUNK_BYTES)
            if not received:
                return b""
            answer += received
        elif (seen := door_seen(paths, name)) and seen.age_s is not None and not seen.alive:
            raise GlassFrozen(seen)
        elif time.monotonic() > deadline_s:
            raise TimeoutError
    return answer

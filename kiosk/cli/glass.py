"""`kiosk glass`: look at the touchscreen and touch it from afar, through the inspection socket."""

from __future__ import annotations

import base64
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from kiosk.cli.common import data_option, glass_option, json_option, print_json
from kiosk.domain.errors import KioskError, Refused
from kiosk.touch.focus import KEYS
from kiosk.touch.inspection import address

if TYPE_CHECKING:
    from kiosk.system.paths import Paths

TIMEOUT_S = 60.0


class GlassNotAnswering(KioskError):
    """The inspection socket does not answer."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(
            f"The glass does not answer at {path} ({reason}):"
            " start it with 'kiosk run', or be the user who runs it."
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
    tree = _ask(paths.glass_socket(name), command="describe")
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
    picture = base64.b64decode(_ask(paths.glass_socket(name), command="shot")["png"])
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
    _ask(paths.glass_socket(name), command="tap", id=element)


@command.command()
@click.argument("pressed", metavar="NAME", type=click.Choice(KEYS))
@glass_option
@data_option
def key(paths: Paths, name: str, pressed: str) -> None:
    """Press a key."""
    _ask(paths.glass_socket(name), command="key", name=pressed)


def _ask(path: Path, **request: str) -> dict[str, Any]:
    answer = msgspec.json.decode(_exchange(path, msgspec.json.encode(request)), type=dict[str, Any])
    if "error" in answer:
        raise Refused(answer["error"])
    return answer


def _exchange(path: Path, line: bytes) -> bytes:
    """One line there, one line back. Raises `GlassNotAnswering`."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as channel, address(path) as short:
            channel.settimeout(TIMEOUT_S)
            channel.connect(short)
            channel.sendall(line + b"\n")
            answer = channel.makefile("rb").readline()
    except OSError as error:
        raise GlassNotAnswering(path, error.strerror or "no answer in time") from error
    if not answer:
        raise GlassNotAnswering(path, "it ended")
    return answer

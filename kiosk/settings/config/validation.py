"""Whether a configuration that is well written can also be meant so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.settings.config import pins, serial_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.settings.config.devices import Devices
    from kiosk.settings.config.model import Config

FINEST_MM_PER_PX = 0.02
"""No panel has smaller pixels; with a slip of the comma nothing would fit on the glass."""


def faults(settings: Config) -> list[str]:
    """Every setting that makes no sense, one sentence each, without a full stop."""
    devices = settings.devices
    return [
        *_of_the_glass(settings),
        *pins.faults(devices),
        *serial_lines.faults(devices),
        *_of_the_speaker(devices),
        *_of_the_board(devices),
    ]


def _of_the_glass(settings: Config) -> Iterator[str]:
    if 0 < settings.glass.mm_per_px < FINEST_MM_PER_PX:
        yield f"glass.mm_per_px: must be 0, for the usual, or at least {FINEST_MM_PER_PX}"


def _of_the_speaker(devices: Devices) -> Iterator[str]:
    speaker = devices.speaker
    if speaker.driver == "none":
        return
    if not speaker.languages:
        yield 'devices.speaker.languages: must name one at least; or set driver = "none"'
    for language in sorted(set(speaker.languages)):
        if speaker.languages.count(language) > 1:
            yield f"devices.speaker.languages: names {language!r} twice"
    for at, quiet in enumerate(speaker.quiet):
        if quiet.begins == quiet.ends:
            yield f"devices.speaker.quiet, entry {at + 1}: begins and ends at {quiet.begins}"


def _of_the_board(devices: Devices) -> Iterator[str]:
    board = devices.board
    if board.driver == "linux" and not board.root.startswith("/"):
        yield f"devices.board.root: must be a folder such as /, not {board.root!r}"

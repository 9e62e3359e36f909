"""Each device on the wires: its line, the right to it, and what the panel has told of it."""

from __future__ import annotations

import grp
import os
from typing import TYPE_CHECKING

from hardware.serial_names import fitting
from kiosk.devices.board_rule import BoardRule
from kiosk.devices.technician_words import ADVICE, sentence_of
from kiosk.domain.events import DeviceChanged
from kiosk.operate.doctor import settings, slip_printer, sound
from kiosk.operate.doctor.finding import Finding, Result, failure, ok, warning
from kiosk.store import journal
from kiosk.store.database import Database
from kiosk.system import clock
from kiosk.wiring import board_readings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kiosk.domain.device import Condition
    from kiosk.operate.doctor.place import Place
    from kiosk.settings.config import Devices

GROUPS = frozenset({"audio", "dialout", "gpio"})
"""The groups that the panel's unit has besides its own."""

_NODES = {"gpio": "dev/gpiochip*", "alsa": "dev/snd/pcm*"}
_EVERYBODY_READS_AND_WRITES = 0o006
_GROUP_READS_AND_WRITES = 0o060


def printer(place: Place) -> Finding:
    """Its family, its line, and what it has told."""
    return _worse(slip_printer.family(place), _wire(place, "printer"))


def buttons(place: Place) -> Finding:
    """The desk of `next`, the pins, and what the panel has seen of them."""
    return _worse(settings.names(place, "buttons"), _wire(place, "buttons"))


def lamp(place: Place) -> Finding:
    """The pins."""
    return _wire(place, "lamp")


def call_display(place: Place) -> Finding:
    """What it can show, its line, and what it has told."""
    return _worse(settings.call_display(place), _wire(place, "call_display"))


def speaker(place: Place) -> Finding:
    """The voice, the sound card, and what came of the last call."""
    return _worse(sound.speaker(place), _wire(place, "speaker"))


def scanner(place: Place) -> Finding:
    """Its line."""
    return _wire(place, "scanner")


def board(place: Place) -> Finding:
    """What the computer tells now, and the line of the ignition."""
    found = _wire(place, "board")
    readings = board_readings(place.settings().devices, place.paths)
    if readings is None:
        return found
    now = BoardRule().judge(readings, (), 0)
    if found.remedy or not now.troubles:
        return Finding(found.result, f"{found.cause} Now: {readings.sentence}", found.remedy)
    return _of_condition(now)


def _worse(first: Finding, second: Finding) -> Finding:
    """The second too where both are as bad: it says whether there is such a device at all."""
    rank = (Result.OK, Result.WARNING, Result.FAILURE).index
    return first if rank(first.result) > rank(second.result) else second


def _wire(place: Place, name: str) -> Finding:
    devices = place.settings().devices
    driver = devices.driver_of(name)
    if driver == "none":
        return ok("This box has none.")
    if name in devices.stand_ins:
        return ok(f"The stand-in '{driver}' runs.")
    return _line(place, devices, name) or _nodes(place, devices, name) or _said(place, name)


def _line(place: Place, devices: Devices, name: str) -> Finding | None:
    """What is wrong with the serial line of a device, if it has one."""
    pattern = devices.port_of(name)
    if pattern is None:
        return None
    found = fitting(pattern, place.root)
    remedy = f"Name one line as port under [devices.{name}]; all lines: kiosk hardware list."
    if not found:
        return failure(f"Nothing fits {pattern}.", f"Plug it in. {remedy}")
    if len(found) > 1:
        fits = " and ".join(f"/{line.relative_to(place.root)}" for line in found)
        return failure(f"{pattern} fits {fits}.", remedy)
    return _rights(place, found)


def _nodes(place: Place, devices: Devices, name: str) -> Finding | None:
    """What is wrong with the pins or the sound card, for a device that hangs on them."""
    kind = devices.board.ignition if name == "board" else devices.driver_of(name)
    pattern = _NODES.get(kind)
    if pattern is None:
        return None
    found = sorted(place.root.glob(pattern))
    if not found:
        return failure(f"This machine has no /{pattern}.", f"See docs/hardware/{_page(name)}.md.")
    return _rights(place, found)


def _page(name: str) -> str:
    return {"speaker": "sound", "call_display": "call-display"}.get(name, name)


def _rights(place: Place, nodes: Sequence[Path]) -> Finding | None:
    """Whether the panel may open them: on an appliance by its groups, else whoever asks now."""
    closed = [node for node in nodes if not _may_open(node, by_group=place.is_appliance)]
    if not closed:
        return None
    told = ", ".join(f"/{node.relative_to(place.root)}" for node in closed)
    if place.is_appliance:
        groups = ", ".join(sorted(GROUPS))
        return failure(
            f"The panel may not open {told}: it belongs to none of the groups {groups}.",
            "Run: sudo kiosk provision. If that changes nothing, a rule of udev gives it away.",
        )
    return failure(
        f"You may not open {told}.", "Add yourself to its group (see: ls -l), and log in again."
    )


def _may_open(node: Path, *, by_group: bool) -> bool:
    if not by_group:
        return os.access(node, os.R_OK | os.W_OK)
    facts = node.stat()
    if facts.st_mode & _EVERYBODY_READS_AND_WRITES == _EVERYBODY_READS_AND_WRITES:
        return True
    try:
        group = grp.getgrgid(facts.st_gid).gr_name
    except KeyError:
        return False
    both = facts.st_mode & _GROUP_READS_AND_WRITES == _GROUP_READS_AND_WRITES
    return both and group in GROUPS


def _said(place: Place, name: str) -> Finding:
    """What the panel has told last since this machine was started."""
    condition = _conditions(place).get(name)
    if condition is None:
        return warning(
            "The panel has not told of it since this machine was started.",
            "Start it: systemctl start kiosk-panel; on a desk: kiosk run.",
        )
    return _of_condition(condition)


def _of_condition(condition: Condition) -> Finding:
    if not condition.troubles:
        return ok(sentence_of(condition))
    remedy = ADVICE[condition.troubles[0]].remedy
    return (warning if condition.ready else failure)(sentence_of(condition), remedy)


def _conditions(place: Place) -> dict[str, Condition]:
    boot = clock.now(trust_always=True).boot
    database = Database.open(place.paths.database)
    try:
        with database.read() as connection:
            entries = journal.device_reports(connection)
    finally:
        database.close()
    return {
        entry.event.device: entry.event.condition
        for entry in entries
        if isinstance(entry.event, DeviceChanged) and entry.moment.boot == boot
    }

"""Check of one device: its settings, its line, the right to it, and the state that is reported."""

from __future__ import annotations

import grp
import os
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from hardware.serial_names import fitting
from hardware.trouble import Trouble
from kiosk.devices.finding import OWN_CHECKS, Finding, Result, failure, of_condition, ok, warning
from kiosk.devices.kind import Checkup
from kiosk.devices.kinds import KINDS
from kiosk.devices.technician_words import sentence_of
from kiosk.domain.device_condition import Condition
from kiosk.domain.device_events import DeviceChanged
from kiosk.settings import profiles
from kiosk.settings.config.devices import BoardSettings
from kiosk.settings.texts import Texts
from kiosk.store import journal
from kiosk.store.database import Database
from kiosk.system import clock
from kiosk.system.heartbeat import PANEL, door_seen
from kiosk.wiring.drivers import board_readings
from kiosk.wiring.sound import recorded_voice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kiosk.operate.doctor.host import Host
    from kiosk.settings.config.section import Section

GROUPS = frozenset({"audio", "dialout", "gpio"})
"""The groups that the panel's unit has besides its own."""

_START = "Start it: systemctl start kiosk-panel; on a desk: kiosk run."
_OTHERS_READ_AND_WRITE = 0o006
_GROUP_READS_AND_WRITES = 0o060


def device(host: Host, name: str) -> Finding:
    """Whatever is worst; what its own kind has to say is added where all else is well."""
    settings = host.settings()
    section = settings.devices[name]
    if not section.is_there:
        return ok("This box has none.", "absent")
    profile = partial(profiles.load_profile, settings.profile)
    checkup = Checkup(
        profile=profile,
        voice=partial(recorded_voice, host.paths),
        readings=partial(board_readings, settings.devices, host.paths),
    )
    find = KINDS[section.kind].misconfigured
    if find and (fault := find(section, profile(), Texts.load(host.texts))):
        return failure(
            f"config.toml, devices.{name}.{fault}",
            "Mend that setting; then: systemctl restart kiosk-panel.",
        )
    return _worse(KINDS[section.kind].check(section, checkup), _wire(host, name, section))


def _worse(own: Finding | None, wire: Finding) -> Finding:
    """That of the wire too where both are as bad: it says whether there is such a device at all."""
    rank = (Result.OK, Result.WARNING, Result.FAILURE).index
    if own is None:
        return wire
    if rank(own.result) > rank(wire.result):
        return own
    return wire if own.remedy else replace(wire, cause=f"{wire.cause} {own.cause}")


def _wire(host: Host, name: str, section: Section) -> Finding:
    if section.stand_in:
        return ok(f"The stand-in '{section.driver}' runs.")
    return _line(host, name, section) or _nodes(host, section) or _reported(host, name)


def _line(host: Host, name: str, section: Section) -> Finding | None:
    """What is wrong with the serial line of a device, if it has one."""
    pattern = section.serial_port
    if pattern is None:
        return None
    found = fitting(pattern, host.root)
    remedy = f"Name one line as port under [devices.{name}]; all lines: kiosk hardware list."
    if not found:
        return failure(f"Nothing fits {pattern}.", f"Plug it in. {remedy}")
    if len(found) > 1:
        fits = " and ".join(f"/{line.relative_to(host.root)}" for line in found)
        return failure(f"{pattern} fits {fits}.", remedy)
    return _rights(host, found)


def _nodes(host: Host, section: Section) -> Finding | None:
    """What is wrong with the pins or the sound card, for a device that hangs on them."""
    kind = KINDS[section.kind]
    pattern = kind.nodes.get(
        section.ignition if isinstance(section, BoardSettings) else section.driver
    )
    if pattern is None:
        return None
    found = sorted(host.root.glob(pattern))
    if not found:
        return failure(f"This machine has no /{pattern}.", f"See docs/hardware/{kind.page}.md.")
    return _rights(host, found)


def _rights(host: Host, nodes: Sequence[Path]) -> Finding | None:
    """Whether the panel may open them: on an appliance by its groups, else as the present user."""
    closed = [node for node in nodes if not _may_open(node, by_group=host.is_appliance)]
    if not closed:
        return None
    paths = ", ".join(f"/{node.relative_to(host.root)}" for node in closed)
    if host.is_appliance:
        groups = ", ".join(sorted(GROUPS))
        return failure(
            f"The panel may not open {paths}: it belongs to none of the groups {groups}.",
            "Run: sudo kiosk provision. If that changes nothing, a rule of udev gives it away.",
        )
    return failure(
        f"You may not open {paths}.", "Add yourself to its group (see: ls -l), and log in again."
    )


def _may_open(node: Path, *, by_group: bool) -> bool:
    if not by_group:
        return os.access(node, os.R_OK | os.W_OK)
    facts = node.stat()
    if facts.st_mode & _OTHERS_READ_AND_WRITE == _OTHERS_READ_AND_WRITE:
        return True
    try:
        group = grp.getgrgid(facts.st_gid).gr_name
    except KeyError:
        return False
    both = facts.st_mode & _GROUP_READS_AND_WRITES == _GROUP_READS_AND_WRITES
    return both and group in GROUPS


def _reported(host: Host, name: str) -> Finding:
    """The last state that the panel has reported since this machine was started."""
    panel = door_seen(host.paths, PANEL)
    if panel and panel.age_s is not None and not panel.alive:
        return of_condition(Condition((Trouble.UNATTENDED,), f"it {panel.sentence}"))
    condition = _conditions(host).get(name)
    if panel and condition and panel.age_s is None:
        paths = sentence_of(condition)
        return _unattended(f"The panel does not run. It has told last: {paths}")
    if condition is None:
        return _unattended("The panel has not told of it since this machine was started.")
    return of_condition(_without_own_checks(condition))


def _unattended(cause: str) -> Finding:
    return replace(warning(cause, _START), troubles=(Trouble.UNATTENDED,))


def _without_own_checks(condition: Condition) -> Condition:
    troubles = tuple(each for each in condition.troubles if each not in OWN_CHECKS)
    return replace(condition, troubles=troubles)


def _conditions(host: Host) -> dict[str, Condition]:
    boot = clock.now(trust_always=True).boot
    database = Database.open(host.paths.database)
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

"""Provisioning: what a technician chooses for this machine. What is not said stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from kiosk.operate.provisioning.box_setting import BoxSetting
from kiosk.operate.provisioning.data_folder import FOLDER
from kiosk.operate.provisioning.steps import Gone, Link, under_root
from kiosk.operate.usb.plugged import RULES_IN_FORCE
from kiosk.system.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.operate.provisioning.shipped import Layout
    from kiosk.operate.provisioning.steps import ProvisioningStep

Network = Literal["bus", "none"]
"""Pages for the bus's own network, or for this machine alone."""
Usb = Literal["named", "any"]
"""Sticks, what points and what config.toml names; or whatever is plugged in."""

DOORS: Final = {"glass": "kiosk-touch", "console": "kiosk-console", "panel": "kiosk-panel"}
"""The service of each door that a machine may be without."""

_MASKED: Final = "/dev/null"
_HOSTS: Final[dict[Network, str]] = {"bus": "0.0.0.0", "none": "127.0.0.1"}  # noqa: S104 - private addresses only


@dataclass(frozen=True, slots=True)
class Choices:
    """Each is None where nothing is said. `screen` is its size in pixels: 1280x800."""

    doors: frozenset[str] | None = None
    network: Network | None = None
    screen: str | None = None
    usb: Usb | None = None


NOTHING_CHOSEN: Final = Choices()


def choice_steps(choices: Choices, layout: Layout, root: Path) -> Iterator[ProvisioningStep]:
    """What makes them so."""
    if choices.doors is not None:
        yield from _door_steps(choices.doors, root)
    if choices.network is not None:
        yield BoxSetting("console", "host", _HOSTS[choices.network])
    if choices.screen is not None:
        yield BoxSetting("glass", "size", choices.screen)
    refuses = under_root(root, RULES_IN_FORCE).is_symlink()
    if choices.usb == "any":
        yield Gone(RULES_IN_FORCE)
    elif choices.usb == "named" or refuses:
        yield Link(RULES_IN_FORCE, f"{layout.usb_rules}/{RULES_IN_FORCE.rpartition('/')[2]}")


def undo_steps(root: Path) -> Iterator[Gone]:
    """Takes back what a choice has made outside of config.toml."""
    yield from (Gone(path) for path in _masks() if _is_masked(root, path))
    yield Gone(RULES_IN_FORCE)


def _door_steps(opened: frozenset[str], root: Path) -> Iterator[Link | Gone]:
    """As `systemctl mask` does it: nothing else starts such a door either, and nobody misses it."""
    paths = Paths(Path(FOLDER))
    for (name, service), path in zip(DOORS.items(), _masks(), strict=True):
        if name not in opened:
            yield Link(path, _MASKED)
            yield Gone(str(paths.heartbeat(service.removeprefix("kiosk-"))))
        elif _is_masked(root, path):
            yield Gone(path)


def _masks() -> list[str]:
    return [f"/etc/systemd/system/{service}.service" for service in DOORS.values()]


def _is_masked(root: Path, path: str) -> bool:
    """And no unit of the technician's own."""
    mask = under_root(root, path)
    return mask.is_symlink() and str(mask.readlink()) == _MASKED

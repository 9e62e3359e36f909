"""Provisioning: what a technician chooses for this machine. What is not said stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from kiosk.operate.provisioning.steps import Gone, Link, under_root
from kiosk.operate.usb.plugged import RULES_IN_FORCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.operate.provisioning.shipped import Layout
    from kiosk.operate.provisioning.steps import ProvisioningStep

Usb = Literal["named", "any"]
"""Sticks, what points and what config.toml names; or whatever is plugged in."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Each is None where nothing is said."""

    usb: Usb | None = None


NOTHING_CHOSEN: Final = Choices()


def choice_steps(choices: Choices, layout: Layout, root: Path) -> Iterator[ProvisioningStep]:
    """What makes them so."""
    refuses = under_root(root, RULES_IN_FORCE).is_symlink()
    if choices.usb == "any":
        yield Gone(RULES_IN_FORCE)
    elif choices.usb == "named" or refuses:
        yield Link(RULES_IN_FORCE, f"{layout.usb_rules}/{RULES_IN_FORCE.rpartition('/')[2]}")

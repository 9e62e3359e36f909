"""Provisioning plan: every step that makes a machine an appliance, in order."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from sysconfig import get_path
from typing import TYPE_CHECKING

from kiosk.domain.errors import KioskError
from kiosk.operate.provisioning.accounts import Accounts
from kiosk.operate.provisioning.bytecode import Bytecode
from kiosk.operate.provisioning.choices import NOTHING_CHOSEN, Choices, choice_steps
from kiosk.operate.provisioning.data_folder import DataFolder
from kiosk.operate.provisioning.packaged import (
    PackageInstalled,
    is_installed,
    is_packaged,
    packaged_steps,
)
from kiosk.operate.provisioning.shipped import LOCAL, PACKAGED, SHIPPED, enabled_units
from kiosk.operate.provisioning.steps import (
    Link,
    Packages,
    StepFailed,
    VisibleToServices,
    run_command,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.operate.provisioning.steps import ProvisioningStep

PACKAGES = ("alsa-utils", "cage", "seatd", "xwayland")
"""The glass runs alone on the screen in cage, which gets the devices from seatd; aplay calls."""

_SETTLE = (
    ("systemctl", "daemon-reload"),
    ("systemctl", "restart", "systemd-modules-load.service", "systemd-journald.service"),
    ("udevadm", "control", "--reload"),
    ("udevadm", "trigger", "--subsystem-match=gpio"),
    ("systemctl", "start", "--no-block", "kiosk.target"),
)


class NotACheckout(KioskError):
    """The files of the appliance are not in the installed package."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"{folder} is missing: provision from a checkout of Radhaus.")


def build_plan(
    root: Path, program: Path, choices: Choices = NOTHING_CHOSEN
) -> list[ProvisioningStep]:
    """Every step for the machine below `root`; `program` is the kiosk command that runs here.

    What concerns Debian's packages and the Python beside this file is for the running machine only.
    """
    if is_packaged(program):
        return [*packaged_steps(root), *choice_steps(choices, PACKAGED, root)]
    if not SHIPPED.is_dir():
        raise NotACheckout(SHIPPED)
    if is_installed(root):
        raise PackageInstalled
    accounts = (SHIPPED / "sysusers.d/kiosk.conf").read_text(encoding="utf-8")
    return [
        *(_steps_of_this_machine(program) if is_this_machine(root) else []),
        *LOCAL.files(program),
        Accounts(accounts),
        DataFolder(),
        *enabled_links(),
        *choice_steps(choices, LOCAL, root),
    ]


def enabled_links() -> list[Link]:
    """What `systemctl enable` would link."""
    return [
        Link(f"/etc/systemd/system/{target}.wants/{unit}", f"{LOCAL.units}/{unit}")
        for unit, targets in enabled_units().items()
        for target in targets
    ]


def _steps_of_this_machine(program: Path) -> list[ProvisioningStep]:
    code = (SHIPPED.parent / "kiosk", SHIPPED.parent / "hardware", Path(get_path("purelib")))
    return [
        VisibleToServices((program, Path(sys.executable).resolve())),
        Packages(PACKAGES),
        Bytecode(code),
    ]


def is_this_machine(root: Path) -> bool:
    """Whether the root folder is the running system's own."""
    return root.resolve() == Path("/")


def apply_plan(steps: list[ProvisioningStep], root: Path, report: Callable[[str], None]) -> bool:
    """Apply the pending steps, announcing each; whether there were any.

    Raises `KioskError` at the first step that fails; those before it stay done.
    """
    os.umask(0o022)  # what is installed for the system is readable for all users
    anything = False
    for step in steps:
        order = step.pending(root)
        if order:
            anything = True
            report(order)
            apply_step(step, root)
    if anything and is_this_machine(root) and Path("/run/systemd/system").is_dir():
        for command in _SETTLE:
            run_command(*command)
    return anything


def apply_step(step: ProvisioningStep, root: Path) -> None:
    """Raises `KioskError`."""
    try:
        step.apply(root)
    except OSError as error:
        raise StepFailed(str(error.filename or "provision"), error.strerror or "") from error

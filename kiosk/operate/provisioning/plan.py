"""Provisioning plan: every step that makes a machine an appliance, in order."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from sysconfig import get_path
from typing import TYPE_CHECKING

from kiosk.domain.errors import KioskError
from kiosk.operate.provisioning.accounts import Accounts
from kiosk.operate.provisioning.bytecode import Bytecode
from kiosk.operate.provisioning.data_folder import FOLDER, DataFolder
from kiosk.operate.provisioning.steps import (
    File,
    Link,
    Packages,
    StepFailed,
    VisibleToServices,
    run_command,
)
from kiosk.system.paths import ASSETS

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.operate.provisioning.steps import ProvisioningStep

SHIPPED = ASSETS.parent / "systemd"
LIB = "/usr/local/lib"
"""For what is installed on this machine alone; /etc stays free for the technician's own changes."""

COMMAND = "/usr/local/bin/kiosk"
PACKAGES = ("alsa-utils", "cage", "seatd", "xwayland")
"""The glass runs alone on the screen in cage, which gets the devices from seatd; aplay calls."""

_UNIT_FILES = ("*.target", "*.service", "*.path", "*.timer", "*.d/hardening.conf")
_WANTED_BY = re.compile(r"^WantedBy=(\S+)$", re.MULTILINE)

_BELOW = {"journald.conf.d": "systemd/", "rules.d": "udev/"}
"""Folders of rules that lie deeper on a machine than here."""

_WRAPPER = """\
#!/bin/sh
# Written by `kiosk provision`: the data lie in {data} unless KIOSK_DATA says otherwise.
export KIOSK_DATA="${{KIOSK_DATA:-{data}}}"
exec {program} "$@"
"""

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


def build_plan(root: Path, program: Path) -> list[ProvisioningStep]:
    """Every step for the machine below `root`; `program` is the kiosk command of the checkout.

    What concerns Debian's packages and the Python beside this file is for the running machine only.
    """
    if not SHIPPED.is_dir():
        raise NotACheckout(SHIPPED)
    accounts = (SHIPPED / "sysusers.d/kiosk.conf").read_text(encoding="utf-8")
    return [
        *(_steps_of_this_machine(program) if is_this_machine(root) else []),
        *(_shipped(unit, f"systemd/system/{unit}") for unit in shipped_units()),
        *(
            _shipped(rule, f"{_BELOW.get(rule.split('/')[0], '')}{rule}")
            for rule in shipped_rules()
        ),
        File(COMMAND, _WRAPPER.format(data=FOLDER, program=program).encode(), mode=0o755),
        Accounts(accounts),
        DataFolder(),
        *(link for unit in shipped_units() for link in _enabled(unit)),
    ]


def shipped_units() -> list[str]:
    """The units in the folder of units, and what is laid over all of them."""
    found = sorted(path for pattern in _UNIT_FILES for path in SHIPPED.glob(pattern))
    return [str(path.relative_to(SHIPPED)) for path in found]


def shipped_rules() -> list[str]:
    """Users, temporary folders, kernel modules, udev: every file in a folder that is no unit's."""
    found = sorted(path.relative_to(SHIPPED) for path in SHIPPED.glob("*.d/*"))
    return [str(path) for path in found if not path.parent.name.endswith(".service.d")]


def _enabled(unit: str) -> list[Link]:
    """What `systemctl enable` would link: a unit says itself by what it is wanted."""
    wanted_by = _WANTED_BY.findall((SHIPPED / unit).read_text(encoding="utf-8"))
    return [
        Link(f"/etc/systemd/system/{target}.wants/{unit}", f"{LIB}/systemd/system/{unit}")
        for target in wanted_by
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
            _apply(step, root)
    if anything and is_this_machine(root) and Path("/run/systemd/system").is_dir():
        for command in _SETTLE:
            run_command(*command)
    return anything


def _apply(step: ProvisioningStep, root: Path) -> None:
    try:
        step.apply(root)
    except OSError as error:
        raise StepFailed(str(error.filename or "provision"), error.strerror or "") from error


def _shipped(name: str, place: str, mode: int = 0o644) -> File:
    return File(f"{LIB}/{place}", (SHIPPED / name).read_bytes(), mode)

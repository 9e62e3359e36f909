"""Units, rules and the command of an appliance, and where they lie on a machine.

`python -m kiosk.operate.provisioning.shipped DIR` writes those of the Debian package below DIR.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from kiosk.operate.provisioning.data_folder import FOLDER
from kiosk.operate.provisioning.steps import File
from kiosk.system.paths import ASSETS

SHIPPED = ASSETS.parent / "systemd"

_UNIT_FILES = ("*.target", "*.service", "*.path", "*.timer", "*.d/hardening.conf")
_WANTED_BY = re.compile(r"^WantedBy=(\S+)$", re.MULTILINE)

_BELOW = {"journald.conf.d": "systemd/", "rules.d": "udev/"}
"""Folders of rules that lie deeper on a machine than here."""

_WRAPPER = """\
#!/bin/sh
# The data lie in {data} unless KIOSK_DATA says otherwise.
export KIOSK_DATA="${{KIOSK_DATA:-{data}}}"
exec {program} "$@"
"""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where an appliance has its files: /usr/local of a checkout, /usr of the Debian package."""

    prefix: str

    @property
    def command(self) -> str:
        return f"{self.prefix}/bin/kiosk"

    @property
    def units(self) -> str:
        return f"{self.prefix}/lib/systemd/system"

    @property
    def usb_rules(self) -> str:
        """Rules of udev that hold only where they are chosen, so not where udev looks for them."""
        return f"{self.prefix}/share/radhaus/usb"

    def files(self, program: Path) -> list[File]:
        """All of them; `program` is the command of the Python environment."""
        wrapper = _WRAPPER.format(data=FOLDER, program=program).encode()
        return [
            *(File(f"{self.units}/{unit}", self._read_unit(unit)) for unit in shipped_units()),
            *(
                File(f"{self.prefix}/lib/{_BELOW.get(rule.split('/')[0], '')}{rule}", _read(rule))
                for rule in shipped_rules()
            ),
            *(File(f"{self.usb_rules}/{rule.name}", rule.read_bytes()) for rule in _usb_rules()),
            File(self.command, wrapper, mode=0o755),
        ]

    def _read_unit(self, unit: str) -> bytes:
        """Its content; in the folder of units it names the command of a checkout."""
        return _read(unit).replace(LOCAL.command.encode(), self.command.encode())


LOCAL = Layout("/usr/local")
"""For what is installed on this machine alone; /etc stays free for the technician's own changes."""

PACKAGED = Layout("/usr")
PACKAGE_HOME = Path("/usr/lib/radhaus")
"""The Python environment of the Debian package."""


def shipped_units() -> list[str]:
    """The units in the folder of units, and what is laid over all of them."""
    found = sorted(path for pattern in _UNIT_FILES for path in SHIPPED.glob(pattern))
    return [str(path.relative_to(SHIPPED)) for path in found]


def shipped_rules() -> list[str]:
    """Users, temporary folders, kernel modules, udev: every file in a folder that is no unit's."""
    found = sorted(path.relative_to(SHIPPED) for path in SHIPPED.glob("*.d/*"))
    return [str(path) for path in found if not path.parent.name.endswith(".service.d")]


def _usb_rules() -> list[Path]:
    return sorted((SHIPPED / "usb").glob("*.rules"))


def enabled_units() -> dict[str, list[str]]:
    """Units that start by themselves, and what starts them: they say it themselves."""
    wanted = {unit: _WANTED_BY.findall(_read(unit).decode()) for unit in shipped_units()}
    return {unit: targets for unit, targets in wanted.items() if targets}


def _read(name: str) -> bytes:
    return (SHIPPED / name).read_bytes()


if __name__ == "__main__":
    for file in PACKAGED.files(PACKAGE_HOME / "bin/kiosk"):
        file.apply(Path(sys.argv[1]))

"""Rehearsal of a new version: its services start on a copy of the data, shut off from people.

Glass and console run as their own units say, but in this slot for the first time: the glass sees no
touch and the console no network, so nobody can be given what the copy then forgets. The glass
starts first, for it says why nothing else can be had from it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.operate.provisioning.shipped import PACKAGED
from kiosk.touch.environment import UPDATING

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKS: Final = frozenset(
    {
        *("python", "sqlite", "database", "ledger", "configuration", "profile"),
        *("texts", "fonts", "text_shaping", "pane"),
    }
)
"""What an update can break. A printer that is off says nothing about it."""

_UNITS: Final = Path("/run/systemd/system")
_SHUT_OFF: Final = {
    "touch": f"Environment=WLR_BACKENDS=drm {UPDATING}=1",
    "console": "PrivateNetwork=yes",
}
_LEFT_OUT: Final = frozenset({"backups", "run", "slips", "sounds"})


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Of the data in a folder, on a copy of them beside it. Both lie on the same disk."""

    data: Path
    copy: Path

    def __call__(self) -> str | None:
        """What is wrong, in a sentence; None if nothing is."""
        try:
            with self._copied(), self._units():
                return _started("touch") or self._doctors_word() or _started("console")
        except (OSError, subprocess.SubprocessError) as error:
            return f"The check could not be made: {error}."

    @contextmanager
    def _copied(self) -> Iterator[None]:
        """No service runs yet, so files are a whole."""
        shutil.rmtree(self.copy, ignore_errors=True)
        try:
            shutil.copytree(self.data, self.copy, ignore=_left_out)
            _run("chgrp", "--recursive", "kiosk", str(self.copy))
            _run("chown", "--recursive", "kiosk-console", str(self.copy / "tls"))
            self.copy.chmod(0o2770)
            yield
        finally:
            shutil.rmtree(self.copy, ignore_errors=True)

    def _doctors_word(self) -> str | None:
        done = subprocess.run(
            [PACKAGED.command, "doctor", "--json", "--data", str(self.copy)],
            capture_output=True,
            text=True,
            check=False,
        )
        if not done.stdout:
            return f"The doctor itself failed: {done.stderr.strip()}"
        checks = json.loads(done.stdout)["checks"]
        failed = [each for each in checks if each["result"] == "failure" and each["name"] in CHECKS]
        return failed[0]["cause"] if failed else None

    @contextmanager
    def _units(self) -> Iterator[None]:
        """Both doors as units of their own, which end with it."""
        units = [_unit_of(door) for door in _SHUT_OFF]
        try:
            for door in _SHUT_OFF:
                self._write_unit(door, _unit_of(door))
            _run("systemctl", "daemon-reload")
            yield
        finally:
            subprocess.run(["systemctl", "stop", *units], check=False)
            for unit in units:
                (_UNITS / unit).unlink(missing_ok=True)
                shutil.rmtree(_UNITS / f"{unit}.d", ignore_errors=True)
            _run("systemctl", "daemon-reload")

    def _write_unit(self, door: str, unit: str) -> None:
        """The door's own unit, and a drop-in that is read after the one of all doors."""
        shutil.copy(Path(PACKAGED.units, f"kiosk-{door}.service"), _UNITS / unit)
        drop_in = _UNITS / f"{unit}.d/rehearsal.conf"
        drop_in.parent.mkdir(exist_ok=True)
        lines = (
            "[Service]",
            _SHUT_OFF[door],
            f"Environment=KIOSK_DATA={self.copy}",
            "ReadWritePaths=",
            f"ReadWritePaths={self.copy}",
            "Restart=no",
        )
        drop_in.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _left_out(folder: str, names: list[str]) -> set[str]:
    """What no new version needs, and sockets of the services that ran before."""
    paths = {name: Path(folder, name) for name in names}
    special = {name for name, path in paths.items() if not (path.is_file() or path.is_dir())}
    return special | _LEFT_OUT.intersection(names)


def _unit_of(door: str) -> str:
    return f"kiosk-rehearsal-{door}.service"


def _started(door: str) -> str | None:
    """A door reports when the first frame is there, or the port answers."""
    done = subprocess.run(["systemctl", "start", _unit_of(door)], check=False)
    return f"kiosk-{door} did not start in the new version." if done.returncode else None


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)

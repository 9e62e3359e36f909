"""Removal of what provisioning has made: files, links and choices, never the data."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.operate.provisioning.choices import undo_steps
from kiosk.operate.provisioning.data_folder import FOLDER
from kiosk.operate.provisioning.packaged import PackageInstalled, is_installed, is_packaged
from kiosk.operate.provisioning.plan import apply_step, enabled_links, is_this_machine
from kiosk.operate.provisioning.shipped import LOCAL
from kiosk.operate.provisioning.steps import Gone, run_command, under_root
from kiosk.operate.usb.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kiosk.operate.provisioning.steps import ProvisioningStep


_DEBIANS: Final = {
    *map(Path, ("/usr/local/bin", "/usr/local/lib", "/usr/local/share", "/etc/systemd/system")),
    *map(Path, ("/etc/udev/rules.d", "/run/udev/rules.d")),
}
"""Folders that were there before us, empty or not."""

KEPT: Final = (
    f"{FOLDER} and /etc/kiosk with the data, the users and groups that own them, Debian's packages"
)

_SETTLE: Final = (("systemctl", "daemon-reload"), ("udevadm", "control", "--reload"))


@dataclass(frozen=True, slots=True)
class Removed(Gone):
    """A file or link of ours, and folders that were made for it."""

    def apply(self, root: Path) -> None:
        Gone.apply(self, root)  # super() knows no dataclass with slots
        for folder in Path(self.path).parents:
            if folder in _DEBIANS:
                break
            with suppress(OSError):  # others have something in it
                under_root(root, str(folder)).rmdir()


def removal_plan(root: Path, program: Path) -> list[ProvisioningStep]:
    """Every step back for the machine below `root`. Raises `PackageInstalled`.

    Of the Debian package only what was chosen on top of it: the rest goes with `apt remove`.
    """
    chosen: list[ProvisioningStep] = [*undo_steps(root), Gone(RULES)]
    if is_packaged(program):
        return chosen
    if is_installed(root):
        raise PackageInstalled
    links = [Removed(link.path) for link in enabled_links()]
    return [*links, *chosen, *(Removed(file.path) for file in LOCAL.files(program))]


def remove_all(
    steps: Sequence[ProvisioningStep], root: Path, report: Callable[[str], None]
) -> bool:
    """Stop the services, apply the pending steps, announcing each; whether there were any."""
    pending = [step for step in steps if step.pending(root)]
    lives = is_this_machine(root) and Path("/run/systemd/system").is_dir()
    if lives and pending:
        run_command("systemctl", "stop", "kiosk.target", "kiosk-*")
    for step in pending:
        report(str(step.pending(root)))
        apply_step(step, root)
    for command in _SETTLE if lives and pending else ():
        run_command(*command)
    return bool(pending)

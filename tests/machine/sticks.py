"""Sticks of the emulated box: made in it, plugged in, pulled, and what the box told of each."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.waiting import eventually

if TYPE_CHECKING:
    from tests.machine.box import Box

LOG = "journalctl --no-pager --output cat --unit 'kiosk-export@*'"
FORMAT = """
for i in $(seq 300); do [ -e {device} ] && break; sleep 0.1; done
udevadm settle --timeout=300 # it must have seen a blank stick, or takes the new one for plugged
{make} {device} >/dev/null
mkdir -p /run/look
{prepare}
sync
"""
PREPARE = "mount {device} /run/look; kiosk stick prepare /run/look; {then}; umount /run/look"
LET_GO = """
udevadm settle --timeout=300
for i in $(seq 600); do
    busy=$(systemctl list-units --plain --no-legend --state=activating 'kiosk-export@*')
    [ -e /dev/sda ] || [ -n "$busy" ] || break
    sleep 0.5
done
echo "$busy"
! grep --no-messages --line-regexp '/dev/sd.*' /proc/[0-9]*/mounts && [ -z "$busy" ]
"""
LOOK = (
    "mkdir -p /run/look; mount -o ro {device} /run/look; (cd /run/look; {look}); umount /run/look"
)


@dataclass(frozen=True)
class Format:
    """How a stick is made; `partition` is its type where it has one, as sticks are sold."""

    make: str
    partition: int | None = None

    @property
    def device(self) -> str:
        return "/dev/sda" if self.partition is None else "/dev/sda1"


FAT32 = Format("mkfs.vfat -F 32 --mbr=n -I")
FAT32_IN_A_PARTITION = Format("mkfs.vfat -F 32", partition=0x0C)
EXFAT_IN_A_PARTITION = Format("mkfs.exfat -q", partition=0x07)
NTFS_IN_A_PARTITION = Format("mkfs.ntfs -Q -q -F", partition=0x07)
EXT2 = Format("mke2fs -q -F")
# What blkid knows it by: its boot sector, and where that points to, its metadata.
BITLOCKER = Format(
    r"(printf '\353\130\220-FVE-FS-'; head -c 165 /dev/zero; printf '\0\020';"
    r" head -c 3918 /dev/zero; printf -- '-FVE-FS-') | dd conv=notrunc status=none of=/dev/sda1 #",
    partition=0x07,
)


class Socket:
    """The one USB socket for sticks."""

    def __init__(self, box: Box) -> None:
        self._box = box

    def states(self) -> list[str]:
        """All that was told since the box was made."""
        return [str(event["state"]) for event in self._box.journal_events("StickChanged")]

    def serve(self, name: str, last: str, *, protected: bool = False) -> list[str]:
        """What is told of a stick until this; then it is pulled out, and that is told too."""
        told = self.serve_whatever(name, protected=protected)
        assert last in told, f"{told}: {self._box.run(LOG)}"
        return told

    def serve_whatever(self, name: str, *, protected: bool = False) -> list[str]:
        """What is told of a stick until nothing more is done with it, and that it is gone."""
        before = len(self.states())
        self.write(name, protected=protected)
        self._box.guest.pull_stick(name)
        eventually(lambda: "gone" in self.states()[before:], f"{name} is gone")
        return self.states()[before:]

    def write(self, name: str, *, protected: bool = False) -> None:
        """Until nothing more is done with it; it stays in."""
        before = len(self.states())
        self._box.guest.plug_in_stick(name, protected=protected)
        eventually(lambda: self._ended(before), f"the end of {name}")

    def pull_amid_writing(self, name: str) -> None:
        before = len(self.states())
        self._box.guest.plug_in_stick(name)
        eventually(lambda: "writing" in self.states()[before:], "it is written")
        self._box.guest.pull_stick(name)
        eventually(lambda: "pulled" in self.states()[before:], "it was pulled")

    def pull_at_once(self, name: str, seconds: float) -> list[str]:
        """What is told of a stick that is pulled so long after it was plugged in."""
        before = len(self.states())
        self._box.guest.plug_in_stick(name)
        time.sleep(seconds)  # the moment is the point
        self._box.guest.pull_stick(name)
        self._box.run(LET_GO)
        return self.states()[before:]

    def make(self, name: str, kind: Format, *, prepared: bool = False, then: str = ":") -> None:
        """A new stick, which the box formats; a blank one is of no concern to it.

        A prepared one is at /run/look when the command `then` is run.
        """
        self._box.guest.new_stick(name, partition=kind.partition)
        self._box.guest.plug_in_stick(name)
        prepare = PREPARE.format(device=kind.device, then=then) if prepared else ""
        self._box.run(FORMAT.format(device=kind.device, make=kind.make, prepare=prepare))
        self._box.guest.pull_stick(name)
        self._box.run("for i in $(seq 300); do [ -e /dev/sda ] || exit 0; sleep 0.1; done; exit 1")

    def packages(self, name: str, kind: Format, look: str = "ls") -> str:
        """What a command says in a stick that has everything; the box holds it no more by then."""
        before = len(self.states())
        self._box.guest.plug_in_stick(name)
        eventually(lambda: self._ended(before), f"{name} again")
        assert self.states()[before:] == ["writing", "nothing_new"]
        found = self._box.run(LOOK.format(device=kind.device, look=look))
        self._box.guest.pull_stick(name)
        eventually(lambda: self.states()[-1] == "gone", f"{name} is gone")
        return found

    def log(self) -> str:
        return self._box.run(LOG)

    def _ended(self, before: int) -> bool:
        return any(state not in {"writing", "gone"} for state in self.states()[before:])

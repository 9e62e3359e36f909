"""A USB bus of umockdev on which udev itself decides, by the shipped rules and those of settings.

Devices are described by what they say of themselves, byte by byte, as the kernel hands it on.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kiosk.operate.provisioning.shipped import SHIPPED
from kiosk.operate.usb.rules import RULES

if TYPE_CHECKING:
    from pathlib import Path

KEYBOARD, MOUSE, TOUCH = (3, 1, 1), (3, 1, 2), (3, 0, 0)
STORAGE, UAS, HUB = (8, 6, 0x50), (8, 6, 0x62), (9, 0, 0)
ETHERNET, ETHERNET_DATA, ACM, ACM_DATA = (2, 6, 0), (10, 0, 0), (2, 2, 1), (10, 0, 0)
OWN, RNDIS = (0xFF, 0xFF, 0xFF), (0xE0, 1, 3)

_CONTROLLER = "/devices/pci0000:00/0000:00:04.0/usb1"
_SCRIPT = """
set -eu
mount -t tmpfs tmpfs /run
mkdir -p /run/udev/rules.d /run/new /run/up /run/work /run/dev
cp -a /dev/null /dev/zero /dev/urandom /run/dev
mount --bind /run/dev /dev
cp {rules}/*.rules /run/udev/rules.d/
within=
{before}
run() {{ $within umockdev-run -d {rules}/bus -- sh -c "$1"; }}
run '
for path in {paths}; do udevadm test --action={action} /sys$path 2>/dev/null; done
for path in {paths}; do echo "authorized $path $(cat /sys$path/authorized 2>/dev/null)"; done
'
"""
STARTS_FROM_USB = "touch /run/radhaus-usb-root"
INITRAMFS = """
mount -t overlay overlay -o lowerdir=/,upperdir=/run/up,workdir=/run/work /run/new
mkdir -p /run/new/scripts/local-block
for each in proc sys dev run tmp; do mount --rbind /$each /run/new/$each; done
within="chroot /run/new"
"""
"""Where it is that udev decides, before it does."""


@dataclass(frozen=True)
class Device:
    """One device in socket 1-1, and what its interfaces say; `odd` bytes stand before the last."""

    interfaces: tuple[tuple[int, int, int], ...]
    id: str = "1234:5678"
    serial: str = ""
    product: str = "Device"
    manufacturer: str = "Maker"
    odd: bytes = b""
    authorized: bool = False

    @property
    def descriptors(self) -> bytes:
        vendor, product = (int(part, 16).to_bytes(2, "little") for part in self.id.split(":"))
        head = bytes([18, 1, 0, 2, 0, 0, 0, 64]) + vendor + product + bytes([0, 1, 1, 2, 3, 1])
        parts = [
            bytes([9, 4, number, 0, 1, *kind, 0]) + bytes([7, 5, 0x81 + number, 3, 8, 0, 10])
            for number, kind in enumerate(self.interfaces)
        ]
        body = b"".join([*parts[:-1], self.odd, *parts[-1:]])
        total = (9 + len(body)).to_bytes(2, "little")
        return head + bytes([9, 2]) + total + bytes([len(parts), 1, 0, 0xA0, 50]) + body

    def described(self) -> str:
        """For umockdev: the device, its interfaces as the kernel shows them, an input of each."""
        vendor, product = self.id.split(":")
        lines = [
            f"P: {_CONTROLLER}/1-1",
            "E: SUBSYSTEM=usb",
            "E: DEVTYPE=usb_device",
            f"A: authorized={int(self.authorized)}\\n",
            f"A: idVendor={vendor}\\n",
            f"A: idProduct={product}\\n",
            f"A: product={self.product}\\n",
            f"A: manufacturer={self.manufacturer}\\n",
            *([f"A: serial={self.serial}\\n"] if self.serial else []),
            f"H: descriptors={self.descriptors.hex()}",
            "",
        ]
        for number, (kind, sub, protocol) in enumerate(self.interfaces):
            lines += [
                f"P: {_CONTROLLER}/1-1/1-1:1.{number}",
                "E: SUBSYSTEM=usb",
                "E: DEVTYPE=usb_interface",
                "A: authorized=0\\n",
                f"A: bInterfaceClass={kind:02x}\\n",
                f"A: bInterfaceSubClass={sub:02x}\\n",
                f"A: bInterfaceProtocol={protocol:02x}\\n",
                "",
            ]
        return "\n".join(lines)


@dataclass(frozen=True)
class Decision:
    """What udev switched on: the device, and which of its interfaces by number."""

    device: bool
    interfaces: tuple[bool, ...]
    said: str


_TELLS_ONLY = 256
CONTROLLER = f"""\
P: {_CONTROLLER}
E: SUBSYSTEM=usb
E: DEVTYPE=usb_device
A: authorized=1\\n
A: authorized_default=1\\n
A: interface_authorized_default=1\\n
A: idVendor=1d6b\\n
A: idProduct=0002\\n

"""


_KEYS = (
    "A: capabilities/ev=120013\\n\n"
    "A: capabilities/key=1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe\\n"
)
_TOUCH = (
    "A: capabilities/ev=b\\n\nA: capabilities/key=400 0 0 0 0 0\\n\n"
    "A: capabilities/abs=260800000000003\\n\nA: properties=2\\n"
)
_POINTER = (
    "A: capabilities/ev=7\\n\nA: capabilities/key=1f0000 0 0 0 0\\n\nA: capabilities/rel=103\\n"
)
INPUTS = {"keyboard": _KEYS, "touchscreen": _TOUCH, "mouse": _POINTER}


def udev_decides() -> bool:
    """Whether `udevadm test` does what it says; since version 256 it changes nothing."""
    try:
        version = subprocess.check_output(["udevadm", "--version"], text=True)
    except FileNotFoundError:
        return False
    return int(version) < _TELLS_ONLY


def decide(
    device: Device, folder: Path, named: str = "", *, action: str = "add", before: str = ""
) -> Decision:
    """Plug it in; `named` are the rules of a config.toml."""
    place = f"{_CONTROLLER}/1-1"
    parts = [f"{place}/1-1:1.{number}" for number in range(len(device.interfaces))]
    where = {"action": action, "before": before}
    said = _run_udev(device.described(), [place, *parts], folder, named, **where)
    states = dict(
        line.split()[1:3] for line in said.splitlines() if line.startswith("authorized /")
    )
    return Decision(states[place] == "1", tuple(states[part] == "1" for part in parts), said)


def reaches_the_glass(
    kind: str, folder: Path, device: Device | None = None, named: str = ""
) -> bool:
    """Whether libinput, and so the glass, gets an input of the computer, or of a USB device."""
    above = f"{_CONTROLLER}/1-1/1-1:1.0" if device else "/devices/platform/i8042/serio0"
    place = f"{above}/input/input9"
    described = (
        f"P: {place}\nE: SUBSYSTEM=input\nE: PRODUCT=11/1/1/ab41\n{INPUTS[kind]}\n\n"
        f"P: {place}/event9\nE: SUBSYSTEM=input\n"
    )
    usb = [f"{_CONTROLLER}/1-1", above] if device else []
    before = device.described() if device else ""
    said = _run_udev(f"{before}\n{described}", [*usb, place, f"{place}/event9"], folder, named)
    properties = said.partition(f"DEVPATH={place}/event9")[2]
    assert f"ID_INPUT_{kind.upper()}=1" in properties
    return "LIBINPUT_IGNORE_DEVICE=1" not in properties


def links_of_partition(name: str, folder: Path, *, usb: bool = True, before: str = "") -> str:
    """The links to a partition of that name; a rule says what blkid would read of it."""
    above = f"{_CONTROLLER}/1-1/1-1:1.0" if usb else "/devices/pci0000:00/0000:00:07.0"
    place = f"{above}/block/sda/sda1"
    described = (
        f"P: {place}\nE: SUBSYSTEM=block\nE: DEVTYPE=partition\n"
        "E: DEVNAME=/dev/sda1\nE: MAJOR=8\nE: MINOR=1\n"
    )
    label = f'ENV{{ID_PART_ENTRY_NAME}}="{name}", SYMLINK+="disk/by-partlabel/{name}"'
    rules = f'SUBSYSTEM=="block", ENV{{DEVTYPE}}=="partition", {label}\n'
    stick = Device(((8, 6, 0x50),)).described() if usb else ""
    said = _run_udev(f"{stick}\n{described}", [place], folder, rules, before=before)
    return said.partition(f"DEVPATH={place}")[2].partition("DEVLINKS=")[2].partition("\n")[0]


def _run_udev(described: str, paths: list[str], folder: Path, named: str, **more: str) -> str:
    """What udev says of each, one after the other, and what became of them."""
    rules = folder / "rules"
    rules.mkdir(exist_ok=True)
    for shipped in (SHIPPED / "usb").glob("*.rules"):
        (rules / shipped.name).write_bytes(shipped.read_bytes())
    (rules / RULES.rpartition("/")[2]).write_text(named, encoding="utf-8")
    (rules / "bus").write_text(CONTROLLER + described, encoding="utf-8")
    where = {"action": "add", "before": "", **more}
    script = _SCRIPT.format(rules=rules, paths=" ".join(paths), **where)
    return subprocess.check_output([*_own_mounts(), "sh", "-c", script], text=True)


@cache
def _own_mounts() -> tuple[str, ...]:
    """In a changed root no mount can be made private; whoever made it has mounts of its own."""
    usual = ("unshare", "--mount")
    done = subprocess.run([*usual, "true"], capture_output=True, check=False)
    return usual if done.returncode == 0 else (*usual, "--propagation", "unchanged")

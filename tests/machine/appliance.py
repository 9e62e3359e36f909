"""The appliance as script/image makes it, started by its firmware, and updates of it.

Nothing in the image is changed for the tests: a shell and patience come as credentials, by which a
firmware can hand units to systemd.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyrage import x25519

from tests.machine.guest import BOOT_S, Guest
from tests.machine.image import CHECKOUT, INSIDE
from tests.machine.inside.settings import FAMILY

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Board:
    """What QEMU emulates of one architecture, and how its kernel calls the serial line."""

    qemu: str
    screen: str
    firmware: Path
    variables: Path
    console: str


BOARDS: Final = {
    "amd64": Board(
        "qemu-system-x86_64 -machine q35 -cpu Nehalem",
        "virtio-vga",
        Path("/usr/share/OVMF/OVMF_CODE_4M.fd"),
        Path("/usr/share/OVMF/OVMF_VARS_4M.fd"),
        "ttyS0",
    ),
    "arm64": Board(
        "qemu-system-aarch64 -machine virt -cpu cortex-a72",
        "virtio-gpu-pci",
        Path("/usr/share/AAVMF/AAVMF_CODE.fd"),
        Path("/usr/share/AAVMF/AAVMF_VARS.fd"),
        "ttyAMA0",
    ),
}
ARCHITECTURE: Final = os.environ.get("RADHAUS_ARCHITECTURE", "amd64")
BOARD: Final = BOARDS[ARCHITECTURE]
PACKAGE: Final = os.environ.get("RADHAUS_PACKAGE")
"""One that script/deb has made already, for the image."""
DISK_SIZE: Final = "8G"
_FIRST_PARTITION: Final = "@@1M"
PIN: Final = "274915"
HELP_DESK: Final = x25519.Identity.generate()
DEVICE: Final = f"""\
profile = "gelsenkirchen"
name = "Bus 3"
[devices.printer]
driver = "serial"
family = "{FAMILY}"
port = "/dev/serial/by-id/usb-*_printer-if00-port0"
[devices.speaker]
driver = "alsa"
[usb]
allow = [{{ id = "0627:0001", serial = "keypad" }}]
[backup]
recipient = "{HELP_DESK.to_public()}"
[start]
staff_pin = "{PIN}"
"""
SHELL: Final = """
[Unit]
DefaultDependencies=no
After=systemd-udevd.service
[Service]
ExecStart=/bin/sh -c 'until [ -e /dev/virtio-ports/shell ]; do sleep 0.2; done; \\
    exec /usr/lib/radhaus/bin/python3 /run/credentials/@system/shell.py /dev/virtio-ports/shell'
Restart=always
"""
PATIENT: Final = (
    *("kiosk-touch", "kiosk-console", "kiosk-panel"),
    *("radhaus-first-start", "radhaus-change", "radhaus-update"),
    *("kiosk-rehearsal-touch", "kiosk-rehearsal-console"),
)
PATIENCE: Final = "[Service]\nTimeoutStartSec=900\n"
KERNEL: Final = (
    f"console={BOARD.console} mitigations=off systemd.wants=test-shell.service"
    " systemd.default_device_timeout_sec=900 systemd.default_timeout_start_sec=900"
    " systemd.setenv=WLR_RENDERER=pixman systemd.setenv=LIBGL_ALWAYS_SOFTWARE=1"
)
DOORS_RUN: Final = """
for i in $(seq 1800); do
    [ "$(systemctl is-active kiosk-touch kiosk-console kiosk-panel | uniq)" = active ] && exit 0
    sleep 0.5
done
systemctl --failed --no-pager; systemctl list-jobs --no-pager; exit 1
"""


WAITS_FOR_SETTINGS: Final = """
for i in $(seq 1800); do
    systemctl is-failed --quiet radhaus-first-start &&
        systemctl is-active --quiet multi-user.target && exit 0
    sleep 0.5
done
exit 1
"""


@dataclass(frozen=True, slots=True)
class Appliance:
    """A disk for a card and the update of the same version, with the keys that signed it."""

    disk: Path
    bundle: Path
    keys: Path

    @property
    def version(self) -> str:
        return self.bundle.name.removeprefix("radhaus-").rpartition("_")[0]


def build_appliance(folder: Path) -> Appliance:
    """The image of the commit that is checked out here; one that is there already is taken."""
    folder.mkdir(parents=True, exist_ok=True)
    keys = folder / "keys"
    if not keys.exists():
        new_keys(keys)
    commit = subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=CHECKOUT, text=True)
    given = ["--package", PACKAGE] if PACKAGE else []
    built = " ".join([commit.strip(), ARCHITECTURE, *given]) + "\n"
    stamp = folder / "commit"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != built:
        for old in folder.glob("radhaus-*"):
            old.unlink()
        words = ["--keys", str(keys), *given, ARCHITECTURE]
        subprocess.run([str(CHECKOUT / "script/image"), *words], check=True)
        for made in (CHECKOUT / "dist").glob(f"radhaus-*_{ARCHITECTURE}.*"):
            shutil.move(made, folder / made.name)
        stamp.write_text(built, encoding="utf-8")
    (disk,), (bundle,) = (
        folder.glob(f"radhaus-*_{ARCHITECTURE}.{kind}") for kind in ("img", "raucb")
    )
    return Appliance(disk, bundle, keys)


def new_keys(folder: Path) -> Path:
    """Keys that no box knows."""
    subprocess.run([CHECKOUT / "script/image", "--new-keys", folder], check=True)
    return folder


def newer_bundle(
    appliance: Appliance, version: str, folder: Path, change: Callable[[Path], object]
) -> Path:
    """An update with this version, whose root file system is changed by a function."""
    work, bundle = folder / "bundle", folder / f"radhaus-{version}.raucb"
    shutil.rmtree(work, ignore_errors=True)
    bundle.unlink(missing_ok=True)
    _run("unsquashfs", "-quiet", "-no-progress", "-dest", work, appliance.bundle)
    root = folder / "root"
    shutil.rmtree(root, ignore_errors=True)
    _run("fsck.erofs", f"--extract={root}", "--preserve", work / "root.img")
    release = root / "usr/lib/os-release"
    text = release.read_text(encoding="utf-8").replace(appliance.version, version)
    release.write_text(text, encoding="utf-8")
    change(root)
    (work / "root.img").unlink()
    _run("mkfs.erofs", "--quiet", "-zlz4", work / "root.img", root)
    manifest = work / "manifest.raucm"
    text = manifest.read_text(encoding="utf-8").replace(appliance.version, version)
    manifest.write_text("\n".join(line for line in text.splitlines() if "sha256" not in line))
    make_bundle(appliance.keys, work, bundle)
    return bundle


def make_bundle(keys: Path, images: Path, bundle: Path) -> None:
    """Of a folder with images and manifest, signed."""
    certificate, key = (keys / f"{name}.pem" for name in ("certificate", "key"))
    _run("rauc", f"--cert={certificate}", f"--key={key}", "bundle", images, bundle)


class ApplianceGuest(Guest):
    """The appliance on a machine with UEFI, a screen and a touch panel."""

    started = DOORS_RUN

    def __init__(self, appliance: Appliance, folder: Path, device_file: str | None) -> None:
        self._appliance = appliance
        self._device_file = device_file
        super().__init__(folder)

    def switch_on_until_it_starts_again(self) -> None:
        """It switches itself on a second time, and only then has doors."""
        self._start()
        self._shell.read(2 * BOOT_S)
        self.run(self.started, BOOT_S)

    def write_stick(self, name: str, file: Path) -> None:
        """A stick with FAT32 and this file, called as the stick."""
        stick = self.stick(name)
        stick.unlink(missing_ok=True)
        _run("truncate", f"--size={file.stat().st_size + (64 << 20)}", stick)
        _run("mkfs.vfat", "-F", "32", stick)
        _run("mcopy", "-i", stick, file, f"::{name}{file.suffix}")

    def _new_disk(self) -> None:
        self._disk.unlink(missing_ok=True)
        card = self._folder / "card.img"
        self._write_card(card)
        base = ("-b", card, "-F", "raw")
        _run("qemu-img", "create", "-q", "-f", "qcow2", *base, self._disk, DISK_SIZE)

    def _write_card(self, card: Path) -> None:
        """As a technician does, with the file on the partition that a PC shows, if any."""
        _run("cp", "--sparse=always", self._appliance.disk, card)
        if self._device_file is not None:
            file = self._folder / "kiosk-device.toml"
            file.write_text(self._device_file, encoding="utf-8")
            _run("mcopy", "-o", "-i", f"{card}{_FIRST_PARTITION}", file, "::")
        shutil.copy(BOARD.variables, self._folder / "variables.fd")

    def _command(self) -> list[str]:
        words = f"""
            {BOARD.qemu} -nodefaults -no-user-config -display none
            -accel tcg,tb-size=512 -smp 1 -m 1536M
            {self._drive()}
            -serial file:{self._folder}/console.log
            -qmp unix:{self._folder}/monitor.sock,server=on,wait=off
            -device {BOARD.screen} -device virtio-tablet-pci
            -device virtio-serial-pci
            -chardev socket,id=shell,path={self._folder}/shell.sock,server=on,wait=off
            -device virtserialport,chardev=shell,name=shell
            -object rng-random,filename=/dev/urandom,id=chance
            -device virtio-rng-pci,rng=chance
            -netdev user,id=net -device virtio-net-pci,netdev=net
            -device qemu-xhci,id=usb
            -audiodev wav,id=sound,path={self.sound}
            -device ich9-intel-hda -device hda-output,audiodev=sound
        """
        return [*words.split(), *self._firmware()]

    def _drive(self) -> str:
        return f"-drive file={self._disk},if=virtio,format=qcow2"

    def _firmware(self) -> list[str]:
        """UEFI, with variables of its own."""
        words = f"""
            -drive if=pflash,format=raw,readonly=on,file={BOARD.firmware}
            -drive if=pflash,format=raw,file={self._folder}/variables.fd
        """
        return [*words.split(), *_credentials()]


def _credentials() -> list[str]:
    shell = (INSIDE / "shell.py").read_bytes()
    values = {
        "credential.binary:systemd.extra-unit.test-shell.service": _encoded(SHELL.encode()),
        "credential.binary:shell.py": _encoded(shell),
        "stub.kernel-cmdline-extra": KERNEL,
        **{
            f"credential.binary:systemd.unit-dropin.{unit}.service": _encoded(PATIENCE.encode())
            for unit in PATIENT
        },
    }
    return [
        word
        for name, value in values.items()
        for word in ("-smbios", f"type=11,value=io.systemd.{name}={value}")
    ]


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _run(*words: object) -> None:
    subprocess.run([str(word) for word in words], check=True, stdout=subprocess.DEVNULL)

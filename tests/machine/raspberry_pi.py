"""The appliance as a Raspberry Pi has it, on an emulated board whose firmware this module plays.

The arm64 appliance gets what the Pi's layers lay over it; kernel and initrd stay Debian's. What
starts is read from the disk as the firmware reads it: `autoboot.txt`, then `config.txt` and the
files of a boot partition, and the kernel hears of it in its device tree.
"""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
from typing import TYPE_CHECKING, Final

from tests.machine.appliance import (
    BOARDS,
    KERNEL,
    PATIENCE,
    PATIENT,
    SHELL,
    Appliance,
    ApplianceGuest,
    make_bundle,
)
from tests.machine.guest import BOOT_S
from tests.machine.image import CHECKOUT, INSIDE
from tests.operate.updates.raspberry_pi import boot_partition

if TYPE_CHECKING:
    from pathlib import Path

IMAGE: Final = CHECKOUT / "image"
LAYER: Final = IMAGE / "raspberry-pi"
SECTIONS: Final = {".linux": "kernel8.img", ".initrd": "initramfs8", ".cmdline": "cmdline.txt"}
"""Of the file that UEFI starts, and what they are called where a Pi starts."""
_LAYOUT: Final = """\
label: gpt
start=1MiB, size=64MiB, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7, name=radhaus
size=160MiB, type=U, name=boot-a
size=1536MiB, type=L, name=root-a
"""
_FAT_MB: Final = {1: (1, 64), 2: (65, 160), 4: (1761, 160)}
"""Start and size of the partitions with FAT; slot B is made by the first start, right after A."""
_READ_NAMES: Final = ("config.txt", "kernel8.img", "initramfs8", "cmdline-a.txt", "cmdline-b.txt")
_SHELL_PLACE: Final = "usr/lib/radhaus-test-shell.py"


def as_raspberry_pi(appliance: Appliance, folder: Path) -> Appliance:
    """Card and update of the same version, for the board that this module plays."""
    work, root = folder / "pi", folder / "pi-root"
    for old in (work, root):
        shutil.rmtree(old, ignore_errors=True)
    _run("unsquashfs", "-quiet", "-no-progress", "-dest", work, appliance.bundle)
    _run("fsck.erofs", f"--extract={root}", "--preserve", work / "root.img")
    _change_root(root)
    _change_boot(work / "boot.img", folder)
    (work / "root.img").unlink()
    _run("mkfs.erofs", "--quiet", "-zlz4", work / "root.img", root)
    disk = folder / "raspberry-pi.img"
    _write_disk(disk, work, folder)
    bundle = folder / f"radhaus-{appliance.version}_raspberry-pi.raucb"
    bundle.unlink(missing_ok=True)
    make_bundle(appliance.keys, work, bundle)
    return Appliance(disk, bundle, appliance.keys)


def _change_root(root: Path) -> None:
    shutil.copytree(LAYER / "root", root, dirs_exist_ok=True, symlinks=True)
    configuration = root / "etc/rauc/system.conf"
    uefi, pi = ((IMAGE / name / "rauc.conf").read_text() for name in ("uefi", "raspberry-pi"))
    text = configuration.read_text()
    assert uefi in text
    configuration.write_text(text.replace(uefi, pi))
    shutil.copy(INSIDE / "shell.py", root / _SHELL_PLACE)
    units = root / "usr/lib/systemd/system"
    shell = SHELL.replace("/run/credentials/@system/shell.py", f"/{_SHELL_PLACE}")
    (units / "test-shell.service").write_text(shell)
    for unit in PATIENT:
        drop_in = units / f"{unit}.service.d/patience.conf"
        drop_in.parent.mkdir(exist_ok=True)
        drop_in.write_text(PATIENCE)


def _change_boot(image: Path, folder: Path) -> None:
    """Debian's kernel and initrd, beside each other, with the options of both slots."""
    files = folder / "pi-boot"
    shutil.rmtree(files, ignore_errors=True)
    files.mkdir()
    _run("mcopy", "-i", image, "::/EFI/BOOT/BOOTAA64.EFI", files / "uefi")
    for name, content in _sections((files / "uefi").read_bytes()).items():
        (files / SECTIONS[name]).write_bytes(content)
    (files / "uefi").unlink()
    options = (files / "cmdline.txt").read_text().rstrip("\0\n")
    for slot in "ab":
        own = options.replace("root-a", f"root-{slot}").replace("slot=a", f"slot={slot}")
        (files / f"cmdline-{slot}.txt").write_text(own + "\n")
    shutil.copy(LAYER / "config.txt", files)
    image.unlink()
    _run("truncate", "--size=160M", image)
    _run("mkfs.vfat", "-n", "BOOT", image)
    _run("mcopy", "-i", image, *files.iterdir(), "::")


def _sections(program: bytes) -> dict[str, bytes]:
    """Of a file for UEFI (PE), by name."""
    header = int.from_bytes(program[60:64], "little")
    count, optional = struct.unpack_from("<2xH12xH", program, header + 4)
    first = header + 24 + optional
    found = {}
    for place in range(first, first + 40 * count, 40):
        name, size, _, stored, start = struct.unpack_from("<8s4I", program, place)
        word = name.rstrip(b"\0").decode()
        if word in SECTIONS:
            found[word] = program[start : start + min(size, stored)]
    return found


def _write_disk(disk: Path, work: Path, folder: Path) -> None:
    """As image/build does: the card's partition, and slot A."""
    settings = folder / "pi-settings.img"
    settings.unlink(missing_ok=True)
    _run("truncate", "--size=64M", settings)
    _run("mkfs.vfat", "-F", "32", "-S", "512", "-s", "1", "-n", "RADHAUS", settings)
    _run("mcopy", "-i", settings, *(IMAGE / "settings").iterdir(), "::")
    _run("mcopy", "-i", settings, *(LAYER / "settings").iterdir(), "::")
    disk.unlink(missing_ok=True)
    _run("truncate", f"--size={1762 + 8}M", disk)
    subprocess.run(["sfdisk", "--quiet", disk], input=_LAYOUT, text=True, check=True)
    for image, start in ((settings, 1), (work / "boot.img", 65), (work / "root.img", 225)):
        _run("dd", f"if={image}", f"of={disk}", "bs=1M", f"seek={start}", "conv=notrunc,sparse")


class RaspberryPiGuest(ApplianceGuest):
    """The emulated board; the flag of a restart is what systemd says last on the serial line."""

    def switch_on(self, until: str = "") -> None:
        """With all restarts that it asks for."""
        tryboot = False
        while not self.is_on:
            self._play_firmware(tryboot=tryboot)
            try:
                self._start()
                self.run(until or self.started, BOOT_S)
            except (EOFError, ConnectionError):
                assert self._process
                self._process.wait(BOOT_S)
                self._let_go()
                tryboot = "argument '0 tryboot'" in self._said()

    switch_on_until_it_starts_again = switch_on

    def _said(self) -> str:
        return (self._folder / "console.log").read_text(encoding="utf-8", errors="replace")

    def _play_firmware(self, *, tryboot: bool) -> None:
        read = self._folder / "read"
        shutil.rmtree(read, ignore_errors=True)
        read.mkdir()
        self._read(1, ("autoboot.txt",), read)
        number = boot_partition(read / "autoboot.txt", tryboot=tryboot) or 2
        self._read(number, _READ_NAMES, read)
        config = (read / "config.txt").read_text()
        chosen = re.search(rf"\[boot_partition={number}\]\ncmdline=(.+)\n", config)
        assert chosen
        self._options = (read / chosen[1]).read_text().strip()
        self._write_device_tree(number, tryboot=tryboot)

    def _read(self, number: int, names: tuple[str, ...], place: Path) -> None:
        part, (start, size) = self._folder / "part.img", _FAT_MB[number]
        whole = ("-f", "qcow2", "-O", "raw", f"if={self._disk}", f"of={part}")
        _run("qemu-img", "dd", *whole, "bs=1M", f"skip={start}", f"count={start + size}")
        _run("mcopy", "-n", "-i", part, *(f"::{name}" for name in names), place)

    def _write_device_tree(self, number: int, *, tryboot: bool) -> None:
        tree = self._folder / "board.dtb"
        board = BOARDS["arm64"].qemu.replace("-machine virt", f"-machine virt,dumpdtb={tree}")
        _run(*board.split(), "-nodefaults", "-display", "none", "-smp", 1, "-m", "1536M")
        node = "/chosen/bootloader"
        _run("fdtput", "-cp", tree, node)
        _run("fdtput", "-t", "i", tree, node, "partition", number)
        _run("fdtput", "-t", "i", tree, node, "tryboot", int(tryboot))

    def _firmware(self) -> list[str]:
        options = f"{self._options} {KERNEL} loglevel=6 systemd.log_level=info"
        read = self._folder / "read"
        return [
            *("-kernel", f"{read}/kernel8.img", "-initrd", f"{read}/initramfs8"),
            *("-dtb", f"{self._folder}/board.dtb", "-append", options, "-no-reboot"),
        ]


def _run(*words: object) -> None:
    subprocess.run([str(word) for word in words], check=True, stdout=subprocess.DEVNULL)

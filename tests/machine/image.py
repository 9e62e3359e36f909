"""The disk of the emulated box: Debian 13, Radhaus set up and provisioned from this checkout.

What takes minutes is kept in the folder and made anew when it changes: Debian, and gpio-sim built
as a module. Each run lays the commit's files over it, provisions and packs the disk.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
INSIDE = Path(__file__).parent / "inside"
PLACE = "opt/radhaus"

PACKAGES = (
    *("linux-image-amd64", "systemd-sysv", "udev", "dbus", "kmod", "procps", "login", "passwd"),
    *("mount", "e2fsprogs", "dosfstools", "exfatprogs", "ntfs-3g", "initramfs-tools", "zstd"),
    *("xz-utils", "make"),
)
DISK_SIZE = "5G"
_MMDEBSTRAP = ("mmdebstrap", "--quiet", "--variant=minbase", "--dpkgopt=force-unsafe-io")
_MKE2FS = ("mke2fs", "-q", "-t", "ext4", "-E", "lazy_itable_init=0")

# As script/fresh does it: mounts and processes end with the command.
_IN_ROOT = """
mount -t proc proc "$0/proc"
mount --rbind /dev "$0/dev"
mount -t tmpfs tmpfs "$0/dev/shm"
mount -t tmpfs tmpfs "$0/tmp"
exec chroot "$0" su --login root --command "$1"
"""


@dataclass(frozen=True, slots=True)
class Image:
    """What QEMU starts from; the disk itself is never written to."""

    disk: Path
    kernel: Path
    initrd: Path


def build(folder: Path) -> Image:
    """The image of the commit that is checked out here."""
    folder.mkdir(parents=True, exist_ok=True)
    root = folder / "root"
    stamp = _stamp()
    if not (root / "stamp").exists() or (root / "stamp").read_text() != stamp:
        _make_debian(root)
        (root / "stamp").write_text(stamp)
    _lay_checkout(root)
    inside(root, f"/{PLACE}/script/setup")
    inside(root, f"/{PLACE}/.venv/bin/kiosk provision")
    inside(root, f"sh /{PLACE}/tests/machine/inside/prepare")
    return _pack(root, folder)


def inside(root: Path, command: str) -> None:
    """Run a command in the image as its root."""
    flags = ("--mount", "--pid", "--fork", "--kill-child")
    subprocess.run(["unshare", *flags, "sh", "-euc", _IN_ROOT, root, command], check=True)


def _stamp() -> str:
    recipe = " ".join(PACKAGES).encode() + (INSIDE / "build-gpio-sim").read_bytes()
    return hashlib.sha256(recipe).hexdigest()


def _make_debian(root: Path) -> None:
    shutil.rmtree(root, ignore_errors=True)
    packages = ",".join(PACKAGES)
    subprocess.run(
        [*_MMDEBSTRAP, f"--include={packages}", "trixie", root],
        check=True,
    )
    for name in ("etc/resolv.conf", "etc/hosts"):
        shutil.copy(Path("/", name), root / name)
    authorities = "usr/local/share/ca-certificates"  # a network may have one of its own
    shutil.copytree(Path("/", authorities), root / authorities, dirs_exist_ok=True)
    _lay_checkout(root)
    inside(root, f"sh /{PLACE}/tests/machine/inside/build-gpio-sim")


def _lay_checkout(root: Path) -> None:
    """What is committed; what setup made in the image stays."""
    place = root / PLACE
    place.mkdir(parents=True, exist_ok=True)
    for old in place.iterdir():
        if old.name not in {".venv", ".venv-tools", "radhaus.egg-info"}:
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    archive = subprocess.run(
        ["git", "archive", "HEAD"], cwd=CHECKOUT, capture_output=True, check=True
    ).stdout
    subprocess.run(["tar", "--extract", "--directory", place], input=archive, check=True)


def _pack(root: Path, folder: Path) -> Image:
    image = Image(folder / "disk.img", folder / "kernel", folder / "initrd")
    shutil.copy(next((root / "boot").glob("vmlinuz-*")), image.kernel)
    shutil.copy(next((root / "boot").glob("initrd.img-*")), image.initrd)
    image.disk.unlink(missing_ok=True)
    subprocess.run(
        [*_MKE2FS, "-d", root, image.disk, DISK_SIZE],
        check=True,
    )
    return image

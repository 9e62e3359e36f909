"""Parts of a support bundle: versions, machine, health, settings, files and logs as text."""

from __future__ import annotations

import os
import platform
import subprocess
from contextlib import suppress
from importlib.metadata import distributions
from typing import TYPE_CHECKING, Any, Final

import msgspec

import kiosk
from kiosk.operate.doctor import run_checks
from kiosk.operate.support.redaction import redacted, without_secrets
from kiosk.store.examination import examine_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from kiosk.operate.doctor.host import Host

_LOG_LINES: Final = 20_000
_LOG_TIMEOUT_S: Final = 120


def versions(host: Host) -> str:
    """Product, Python, SQLite and every installed package."""
    library = host.sqlite()
    packages = {each.metadata["Name"]: each.version for each in distributions()}
    return _json(
        {
            "radhaus": kiosk.__version__,
            "python": ".".join(map(str, host.python)),
            "sqlite": ".".join(map(str, library.version)),
            "packages": dict(sorted(packages.items(), key=lambda package: package[0].lower())),
        }
    )


def machine(host: Host) -> str:
    """Debian, kernel, board, memory, temperatures and what is plugged in."""
    root = host.root
    usb = sorted(root.glob("sys/bus/usb/devices/*/idVendor"))
    zones = sorted(root.glob("sys/class/thermal/thermal_zone*/temp"))
    links = sorted(root.glob("sys/class/net/*/operstate"))
    return _json(
        {
            "system": _values(root / "etc/os-release", "=").get("PRETTY_NAME", "").strip('"'),
            "kernel": platform.release(),
            "architecture": platform.machine(),
            "board": _line(root / "proc/device-tree/model").rstrip("\0"),
            "uptime_s": _line(root / "proc/uptime").partition(" ")[0],
            "load": _line(root / "proc/loadavg"),
            "memory": {
                name: value.strip()
                for name, value in _values(root / "proc/meminfo", ":").items()
                if name in {"MemTotal", "MemAvailable", "SwapTotal", "SwapFree"}
            },
            "temperatures_millicelsius": [_line(zone) for zone in zones],
            "usb": [_usb_device(vendor.parent) for vendor in usb],
            "networks": {link.parent.name: _line(link) for link in links},
        }
    )


def health(host: Host) -> str:
    """What the doctor says of every part of the box."""
    reports = msgspec.to_builtins(run_checks(host))
    for report in reports:
        report["cause"] = redacted(report["cause"])
    return _json({"checks": reports})


def settings(host: Host) -> str:
    """config.toml as it is written, secrets left out; those of the upload lie elsewhere."""
    return without_secrets(host.paths.config.read_text(encoding="utf-8", errors="replace"))


def files(host: Host) -> str:
    """Sizes, rights and ages of the files in the data folder, and the room on its disk."""
    data = host.paths.data
    disk = os.statvfs(data)
    return _json(
        {
            "free_bytes": disk.f_bavail * disk.f_frsize,
            "total_bytes": disk.f_blocks * disk.f_frsize,
            "read_only": host.read_only(data),
            "files": dict(_facts_of_files(data)),
        }
    )


def database(host: Host) -> str:
    """Integrity, pending migrations and write mode; not what is in it."""
    return _json(msgspec.to_builtins(examine_database(host.paths.database)))


def service_log(host: Host) -> str:
    """Log of the units of Radhaus."""
    return _journal(host, "--unit=kiosk-*", "--unit=radhaus-*")


def kernel_log(host: Host) -> str:
    """Log of the kernel: disk, power, USB."""
    return _journal(host, "--dmesg")


def radios(host: Host) -> str:
    """What each Wi-Fi card can: how many networks it carries at once, among others."""
    done = subprocess.run(
        [host.iw, "phy"], capture_output=True, check=False, timeout=_LOG_TIMEOUT_S, errors="replace"
    )
    return redacted(f"{done.stdout}{done.stderr}")


PARTS: Final[Mapping[str, Callable[[Host], str]]] = {
    "versions.json": versions,
    "machine.json": machine,
    "doctor.json": health,
    "config.toml": settings,
    "files.json": files,
    "database.json": database,
    "radios.txt": radios,
    "services.log": service_log,
    "kernel.log": kernel_log,
}
"""Each by the name of its file in the bundle."""


def _journal(host: Host, *sources: str) -> str:
    command = [
        host.journalctl,
        *sources,
        f"--lines={_LOG_LINES}",
        "--output=short-iso",
        "--no-hostname",
        "--no-pager",
    ]
    done = subprocess.run(
        command, capture_output=True, check=False, timeout=_LOG_TIMEOUT_S, errors="replace"
    )
    return redacted(f"{done.stdout}{done.stderr}")


def _json(content: object) -> str:
    return msgspec.json.format(msgspec.json.encode(content), indent=2).decode()


def _facts_of_files(data: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Without those that a running door has removed since they were listed."""
    for path in sorted(data.rglob("*")):
        with suppress(FileNotFoundError):
            yield redacted(str(path.relative_to(data))), _file_facts(path)


def _file_facts(path: Path) -> dict[str, Any]:
    facts = path.lstat()
    return {
        "bytes": facts.st_size,
        "mode": oct(facts.st_mode),
        "owner": f"{facts.st_uid}:{facts.st_gid}",
        "changed": int(facts.st_mtime),
    }


def _usb_device(folder: Path) -> str:
    ids = ":".join(_line(folder / name) for name in ("idVendor", "idProduct"))
    return redacted(f"{ids} {_line(folder / 'manufacturer')} {_line(folder / 'product')}".strip())


def _line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _values(path: Path, separator: str) -> dict[str, str]:
    pairs = (line.partition(separator) for line in _line(path).splitlines())
    return {name: value for name, _, value in pairs}

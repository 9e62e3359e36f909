"""Board driver over sysfs: temperature, throttling, disk; more of it on a Raspberry Pi."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from hardware.board.port import Readings
from hardware.board.sysfs import Sysfs
from hardware.errors import CannotOpen, DeviceClosed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TEMPERATURE = "sys/class/thermal/thermal_zone0/temp"
THROTTLED = "sys/devices/platform/soc*/*:firmware/get_throttled"
HWMON = "sys/class/hwmon/hwmon*"
DISKS = "sys/block/mmcblk*"

# The bits of get_throttled, as Raspberry Pi documents them; the same 16 higher: has occurred.
_UNDER_VOLTAGE = 1 << 0
_SLOWED = 1 << 1 | 1 << 2
_BEFORE = 16

_RESERVE_NORMAL = 1
_TENTHS_UNDEFINED = 0
_COLDEST, _HOTTEST = -50_000, 150_000


class LinuxBoard:
    """`data` is the folder whose disk is asked for space. Only files are read, nothing is run."""

    def __init__(self, root: Path, data: Path) -> None:
        self._data = data
        self._sys = Sysfs(root)
        self._is_open = False
        self._throttled: Sequence[Path] = ()
        self._alarms: Sequence[Path] = ()
        self._disks: Sequence[Path] = ()

    def open(self) -> None:
        """Look once for what this computer has; names stay the same until it is started again."""
        if not (self._sys.root / "sys").is_dir():
            raise CannotOpen("board", f"there is no {self._sys.root / 'sys'}")
        self._throttled = self._sys.found(THROTTLED)
        self._alarms = [
            sensor / "in0_lcrit_alarm"
            for sensor in self._sys.found(HWMON)
            if self._sys.word(sensor / "name") == "rpi_volt"
        ]
        self._disks = [
            disk / "device"
            for disk in self._sys.found(DISKS)
            if re.fullmatch(r"mmcblk\d+", disk.name)  # not its boot partitions
        ]
        self._is_open = True

    def close(self) -> None:
        self._is_open = False

    def read(self) -> Readings:
        if not self._is_open:
            raise DeviceClosed("board")
        heat = self._sys.number(self._sys.root / TEMPERATURE, _COLDEST, _HOTTEST)
        bits = next((self._sys.number(path, 0, 2**32, 16) for path in self._throttled), None)
        free_bytes, free_files, read_only = self._space()
        return Readings(
            celsius=None if heat is None else heat / 1000,
            under_voltage=self._under_voltage(bits),
            under_voltage_before=_set(bits, _UNDER_VOLTAGE << _BEFORE),
            throttled=_set(bits, _SLOWED),
            throttled_before=_set(bits, _SLOWED << _BEFORE),
            wear_percent=self._wear_percent(),
            reserve_low=self._reserve_low(),
            free_bytes=free_bytes,
            free_files=free_files,
            read_only=read_only,
        )

    def _under_voltage(self, bits: int | None) -> bool | None:
        """By the firmware or by the kernel's sensor, which also sees what has just passed."""
        alarms = [self._sys.number(path, 0, 1) for path in self._alarms]
        alarms_read = [bool(alarm) for alarm in alarms if alarm is not None]
        if bits is not None:
            alarms_read.append(bool(bits & _UNDER_VOLTAGE))
        return any(alarms_read) if alarms_read else None

    def _wear_percent(self) -> int | None:
        """Of the most worn eMMC; SD cards, and NVMe below /sys, tell nothing."""
        tenths: list[int] = []
        for disk in self._disks:
            tenths += self._sys.numbers(disk / "life_time", 0, 11) or []
        known = [tenth for tenth in tenths if tenth != _TENTHS_UNDEFINED]
        return 10 * max(known) if known else None

    def _reserve_low(self) -> bool | None:
        alarms_read = [self._sys.numbers(disk / "pre_eol_info", 0, 3) for disk in self._disks]
        known = [levels[0] for levels in alarms_read if levels and levels[0]]
        return any(level > _RESERVE_NORMAL for level in known) if known else None

    def _space(self) -> tuple[int | None, int | None, bool | None]:
        try:
            disk = os.statvfs(self._data)
        except OSError:
            return None, None, None
        files = disk.f_favail if disk.f_files else None  # FAT and btrfs do not count them
        return disk.f_bavail * disk.f_frsize, files, bool(disk.f_flag & os.ST_RDONLY)


def _set(bits: int | None, wanted: int) -> bool | None:
    return None if bits is None else bool(bits & wanted)

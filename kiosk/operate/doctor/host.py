"""Host that the doctor checks: a machine, or a folder in its place."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import features

from kiosk.drawing import fonts
from kiosk.operate.provisioning.shipped import LOCAL, PACKAGED
from kiosk.operate.provisioning.steps import under_root
from kiosk.settings import config, texts
from kiosk.store import examination
from kiosk.system import clock
from kiosk.system.disk_probe import write_fault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kiosk.settings.config import Config
    from kiosk.store.examination import Library
    from kiosk.system.paths import Paths


def _free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _free_files(folder: Path) -> int | None:
    disk = os.statvfs(folder)
    return disk.f_favail if disk.f_files else None  # FAT and btrfs do not count them


def _read_only(folder: Path) -> bool:
    return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def _shapes_text() -> bool:
    return bool(features.check("raqm"))


def _drives_pins() -> bool:
    """Its C part, for lgpio itself leaves a pipe in the working folder wherever it is imported.

    Where no fitting lgpio exists, pip installs 0.0.0.2 without a word: an empty module.
    """
    try:
        return hasattr(import_module("_lgpio"), "_gpiochip_open")
    except ImportError:
        return False


@dataclass(frozen=True, slots=True)
class Host:
    """One device: its data, its machine below `root`, and what the machine answers."""

    paths: Paths
    root: Path = Path("/")
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    python: tuple[int, ...] = tuple(sys.version_info[:3])
    sqlite: Callable[[], Library] = examination.library
    free_bytes: Callable[[Path], int] = _free_bytes
    free_files: Callable[[Path], int | None] = _free_files
    read_only: Callable[[Path], bool] = _read_only
    write_fault: Callable[[Path], OSError | None] = write_fault
    clock_is_set: Callable[[], bool] = clock.synchronised
    shapes_text: Callable[[], bool] = _shapes_text
    drives_pins: Callable[[], bool] = _drives_pins
    fonts: Path = fonts.FOLDER
    texts: Path = texts.FOLDER
    systemctl: str = "systemctl"
    journalctl: str = "journalctl"
    iw: str = "iw"

    def settings(self) -> Config:
        """Load the configuration. Raises `ConfigErrors`."""
        return config.load_config(self.paths.config)

    @property
    def is_appliance(self) -> bool:
        """Whether `kiosk provision` has run on it, or the Debian package is installed."""
        return any(
            under_root(self.root, f"{layout.units}/kiosk.target").exists()
            for layout in (LOCAL, PACKAGED)
        )

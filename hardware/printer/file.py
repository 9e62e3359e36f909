"""A printer for a desk and a demo: every slip becomes a PNG file in a folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hardware.errors import CannotOpen, DeviceClosed, DeviceLost
from hardware.printer.port import PrinterStatus

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image


class FilePrinter:
    """Writes `slip-000001.png` and so on, after what lies there, until told to forget."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last_number: int | None = None

    def open(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            names = [path.stem.removeprefix("slip-") for path in self._folder.glob("slip-*.png")]
        except OSError as error:
            raise CannotOpen("printer", f"{self._folder}: {error.strerror}") from error
        self._last_number = max((int(name) for name in names if name.isdigit()), default=0)

    def close(self) -> None:
        self._last_number = None

    def status(self) -> PrinterStatus:
        if self._last_number is None:
            raise DeviceClosed("printer")
        writable = self._folder.is_dir() and os.access(self._folder, os.W_OK)
        return PrinterStatus.READY if writable else PrinterStatus.OFFLINE

    def print_slip(self, picture: Image) -> None:
        if self._last_number is None:
            raise DeviceClosed("printer")
        try:
            self._last_number = self._write(picture, self._last_number + 1)
        except OSError as error:
            raise DeviceLost("printer", f"{self._folder}: {error.strerror}") from error

    def forget(self) -> None:
        if self._last_number is None:
            raise DeviceClosed("printer")
        try:
            for slip in self._folder.glob("slip-*.png"):
                slip.unlink(missing_ok=True)
        except OSError as error:
            raise DeviceLost("printer", f"{self._folder}: {error.strerror}") from error

    def _write(self, picture: Image, number: int) -> int:
        """Under another name first, so that half a slip is never seen; durable when it returns."""
        unfinished = self._folder / f"{os.getpid()}.part"
        with unfinished.open("wb") as file:
            picture.save(file, format="PNG")
            file.flush()
            os.fsync(file.fileno())
        while not self._is_free(unfinished, number):
            number += 1
        unfinished.unlink()
        self._sync_folder()
        return number

    def _is_free(self, finished: Path, number: int) -> bool:
        """Give the slip its name, unless a test print from another process has it already."""
        try:
            (self._folder / f"slip-{number:06}.png").hardlink_to(finished)
        except FileExistsError:
            return False
        return True

    def _sync_folder(self) -> None:
        folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

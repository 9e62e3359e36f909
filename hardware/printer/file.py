"""File printer, a stand-in: every slip becomes a PNG file in a folder."""

from __future__ import annotations

import os
from io import BytesIO
from typing import TYPE_CHECKING

from hardware.errors import CannotOpen, DeviceClosed
from hardware.numbered_files import NumberedFiles, write_error
from hardware.trouble import Trouble

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image


class FilePrinter:
    """Writes `slip-000001.png` and so on, after what lies there, until told to forget."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._slips = NumberedFiles(folder, "slip", "png")
        self._is_open = False

    def open(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotOpen("printer", f"{self._folder}: {error.strerror}") from error
        self._is_open = True

    def close(self) -> None:
        self._is_open = False

    def trouble(self) -> Trouble | None:
        self._require_open()
        writable = self._folder.is_dir() and os.access(self._folder, os.W_OK)
        return None if writable else Trouble.OFFLINE

    def print_slip(self, picture: Image) -> None:
        self._require_open()
        content = BytesIO()
        picture.save(content, format="PNG")
        try:
            self._slips.write(content.getvalue())
        except OSError as error:
            raise write_error("printer", self._folder, error) from error

    def forget(self) -> None:
        self._require_open()
        try:
            self._slips.forget()
        except OSError as error:
            raise write_error("printer", self._folder, error) from error

    def _require_open(self) -> None:
        if not self._is_open:
            raise DeviceClosed("printer")

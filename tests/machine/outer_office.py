"""The office of a city outside the emulated box, which reaches it as it would over a network."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.fleet.database import default_url
from tests.export.authority import Authority
from tests.fleet.served import serving
from tests.machine.guest import HOST
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator


class OuterOffice:
    """Knows one box, and has nothing of it; always at the same address."""

    def __init__(self, folder: Path) -> None:
        self._empty, self.data = folder / "empty", folder / "office"
        self.port = free_port()
        (folder / "authority").mkdir()
        self.authority = Authority(folder / "authority")
        self._empty.mkdir()
        self.forget_all()

    @property
    def url(self) -> str:
        """For the box."""
        return f"https://{HOST}:{self.port}/upload"

    def add(self, identity: str) -> str:
        """The token of a box that has shown this (`kiosk counts key --json`)."""
        file = self._empty / "bus.json"
        file.write_text(identity, encoding="utf-8")
        told = self._kiosk(self._empty, "box", "add", file, "--name", "Bus", "--json")
        self.forget_all()
        return str(json.loads(told)["token"])

    def offer(self, bundle: Path, keyring: Path) -> None:
        """An update, to all."""
        self._kiosk(self.data, "update", "offer", bundle, "--keyring", keyring)

    def forget_all(self) -> None:
        """But the box itself."""
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.copytree(self._empty, self.data)

    def status(self) -> dict[str, Any]:
        """What it says of the one box."""
        told = json.loads(self._kiosk(self.data, "status", "--json"))
        (box,) = told["boxes"]
        return dict(box)

    @contextmanager
    def serving(self) -> Iterator[None]:
        url = default_url(self.data)
        with serving(url, self.authority, self.data, HOST, self.port):
            yield

    def _kiosk(self, data: Path, *words: object) -> str:
        command = [Path(sys.executable).with_name("kiosk"), "office", *words, "--data", data]
        return subprocess.run(
            [str(word) for word in command], check=True, capture_output=True, text=True
        ).stdout

"""New databases and devices as copies: tables and the PIN's hash are made once per process."""

from __future__ import annotations

import sys
from contextlib import closing, contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kiosk.operate.setup import create_device
from kiosk.store.database import Database
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from tests.midnight import await_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.service.access import Secrets
    from kiosk.wiring.box import Kiosk

A_TEST_S = 60.0
"""What a test takes with its device, on a busy machine."""


def load_migrations() -> None:
    """Load sqlite-utils as on a box: where pandas is, it loads that too, which takes a second."""
    if "pandas" not in sys.modules:
        sys.modules["pandas"] = None  # type: ignore[assignment]
        import_module("sqlite_utils")
        del sys.modules["pandas"]


def new_database(path: Path) -> Database:
    """An empty database, as `Database.create` makes it."""
    _write(path, _empty_database())
    return Database.open(path)


def new_device(paths: Paths, profile: str = "gelsenkirchen") -> Secrets:
    """A device that has just been set up, on a day that lasts; of one profile with one secret."""
    await_day(A_TEST_S)
    database, config, secrets = _device(profile)
    paths.runtime.mkdir(parents=True, mode=0o770)
    _write(paths.database, database)
    paths.config.touch(mode=0o640)
    paths.config.write_bytes(config)
    return secrets


@contextmanager
def new_box(folder: Path) -> Iterator[Kiosk]:
    """A device that has just been set up, open as a process has it."""
    paths = Paths(folder / "data")
    new_device(paths)
    box = open_kiosk(paths)
    with closing(box.office.database):
        yield box


def _write(path: Path, database: bytes) -> None:
    path.touch(mode=0o660)
    path.write_bytes(database)


@cache
def _empty_database() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "kiosk.db"
        Database.create(path).close()
        return path.read_bytes()


@cache
def _device(profile: str) -> tuple[bytes, bytes, Secrets]:
    with TemporaryDirectory() as folder:
        paths = Paths(Path(folder) / "data")
        secrets = create_device(paths, profile)
        return paths.database.read_bytes(), paths.config.read_bytes(), secrets

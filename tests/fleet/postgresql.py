"""A real PostgreSQL in a temporary folder, run as an ordinary user behind a Unix socket."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy

from tests.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERSIONS = Path("/usr/lib/postgresql")
_USER = "office"
_ORDINARY = "nobody"
_SMALL = ("shared_buffers=16MB", "max_connections=20")
_FAST = ("fsync=off", "full_page_writes=off")
"""Kills of processes need no sync to disk; power cuts are PostgreSQL's own matter."""


@contextmanager
def running_postgresql(*, fast: bool = True) -> Iterator[sqlalchemy.URL]:
    """The address of an empty database of a server of its own; a fast one trusts in the power."""
    programs = sorted(_VERSIONS.glob("*/bin"), key=lambda path: int(path.parent.name))
    assert programs, "PostgreSQL is missing: script/setup test installs it"
    user = _ORDINARY if os.geteuid() == 0 else None  # it refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="kiosk-postgresql-"))
    data = folder / "data"
    try:
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        words: list[str | Path] = [programs[-1] / "initdb", "--no-sync", "--pgdata", data]
        words += ["--auth=trust", f"--username={_USER}", "--encoding=UTF8", "--locale=C"]
        subprocess.run(words, user=user, cwd="/", check=True, capture_output=True)
        options = [
            word for option in (*_SMALL, *(_FAST if fast else ())) for word in ("-c", option)
        ]
        served: list[str | Path] = [
            programs[-1] / "postgres",
            "-D",
            data,
            "-k",
            folder,
            "-h",
            "",
            *options,
        ]
        with (
            (folder / "log").open("wb") as log,
            subprocess.Popen(served, user=user, cwd="/", stdout=log, stderr=log) as server,
        ):
            try:
                yield _answering(folder, server)
            finally:
                server.terminate()
    finally:
        shutil.rmtree(folder)


def _answering(folder: Path, server: subprocess.Popen[bytes]) -> sqlalchemy.URL:
    url = sqlalchemy.URL.create(
        "postgresql+psycopg", _USER, database="postgres", query={"host": str(folder)}
    )
    engine = sqlalchemy.create_engine(url)

    def answers() -> bool:
        assert server.poll() is None, (folder / "log").read_text()
        try:
            with engine.connect():
                return True
        except sqlalchemy.exc.OperationalError:
            return False

    eventually(answers, "an answer of PostgreSQL")
    engine.dispose()
    return url


def forget_everything(url: sqlalchemy.URL) -> None:
    """Make a database as empty as a new one."""
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()

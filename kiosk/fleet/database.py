"""Database of the fleet: a SQLite file by default, PostgreSQL by its URL."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import sqlalchemy
from sqlalchemy import event, func, select
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from kiosk.fleet.errors import FleetDatabaseError
from kiosk.fleet.schema import VERSION, facts, metadata

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine
    from sqlalchemy.pool import ConnectionPoolEntry

FILE: Final = "office.sqlite"
_BUSY_S: Final = 60.0
_WRITER: Final = 0x52616468617573
"""The lock of PostgreSQL that writers of this program take."""

_HOW: Final = "write --database sqlite:////path/to/FILE or postgresql://USER@HOST/NAME"


class FleetDatabase:
    """Transactions that read, and transactions that write. Both raise `FleetDatabaseError`."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with _sentences(self.engine), self.engine.connect() as connection:
            if self.engine.dialect.name == "sqlite":
                snapshot = connection.execution_options(reads=True)
            else:
                snapshot = connection.execution_options(isolation_level="REPEATABLE READ")
            with snapshot.begin():
                yield snapshot

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction, on disk at the end of the block. Writers take turns."""
        with _sentences(self.engine), self.engine.begin() as connection:
            if self.engine.dialect.name == "postgresql":  # SQLite has one writer anyway
                connection.execute(select(func.pg_advisory_xact_lock(_WRITER)))
            yield connection

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str) -> FleetDatabase:
    """Open a database, with its tables made where there are none. Raises `FleetDatabaseError`."""
    try:
        parsed = sqlalchemy.make_url(url)
        if parsed.drivername in {"postgresql", "postgres"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        options = {"timeout": _BUSY_S} if parsed.drivername.startswith("sqlite") else {}
        engine = sqlalchemy.create_engine(parsed, connect_args=options, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise FleetDatabaseError(f"This is no database that can be used: {_HOW}.") from error
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    database = FleetDatabase(engine)
    _prepare_tables(database)
    return database


def default_url(data: Path) -> str:
    """The SQLite file in a data folder."""
    return sqlalchemy.URL.create("sqlite", database=str(data / FILE)).render_as_string()


def _prepare_sqlite(engine: Engine) -> None:
    """Writers take their turn at the beginning, so that none fails for what it has read before."""

    @event.listens_for(engine, "connect")
    def connect(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # begins are ours, below
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get("reads")
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _prepare_tables(database: FleetDatabase) -> None:
    with database.write() as connection:
        metadata.create_all(connection)
        found = connection.scalar(select(facts.c.value).where(facts.c.name == "version"))
        if found is None:
            connection.execute(facts.insert().values(name="version", value=VERSION))
        elif found != VERSION:
            raise FleetDatabaseError(
                f"The database has tables of version {found}, this program knows {VERSION}:"
                " update this program."
            )


@contextmanager
def _sentences(engine: Engine) -> Iterator[None]:
    """What the database answers, in one line and without its password."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
        what = " ".join(str(cause).split()) or type(cause).__name__
        where = engine.url.render_as_string()
        raise FleetDatabaseError(
            f"{where}: {what}. See whether the database runs, has room and lets this user in."
        ) from error

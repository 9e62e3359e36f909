from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.fleet.database import default_url, open_database
from tests.fleet.postgresql import forget_everything, running_postgresql

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import sqlalchemy

    from kiosk.fleet.database import FleetDatabase


@pytest.fixture(scope="session")
def _postgresql() -> Iterator[sqlalchemy.URL]:
    with running_postgresql() as url:
        yield url


@pytest.fixture
def postgresql(_postgresql: sqlalchemy.URL) -> str:
    """The address of an empty database in PostgreSQL."""
    forget_everything(_postgresql)
    return _postgresql.render_as_string()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        return default_url(tmp_path)
    found: str = request.getfixturevalue("postgresql")
    return found


@pytest.fixture
def fleet(url: str) -> Iterator[FleetDatabase]:
    """An empty fleet, in SQLite and in PostgreSQL."""
    database = open_database(url)
    yield database
    database.close()

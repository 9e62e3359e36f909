from collections.abc import Callable

import pytest

from kiosk.counts import ledger
from kiosk.counts.ledger_entry import ClosedPeriod
from kiosk.store.database import Database


@pytest.fixture
def freeze(database: Database) -> Callable[..., None]:
    """Puts closed periods into the ledger."""

    def frozen(*periods: ClosedPeriod) -> None:
        with database.write() as connection:
            for period in periods:
                ledger.append(connection, period)

    return frozen

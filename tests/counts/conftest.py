from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial

import pytest

from kiosk.counts.close import close_periods
from kiosk.counts.ledger_entry import ClosedPeriod, LedgerNames, ledger_names
from kiosk.counts.periods import CountsBy
from kiosk.domain.moment import Moment
from kiosk.store.database import Database
from tests.counting import count_people
from tests.town import TOWN


@pytest.fixture
def names() -> LedgerNames:
    """The town's names, on a device called rh-1."""
    return ledger_names(TOWN, "rh-1")


@pytest.fixture
def count(database: Database) -> Callable[[str, int], None]:
    """Counts so many tickets of one visit to the market, at noon of a day or of none ("")."""
    return partial(count_people, database)


Close = Callable[..., list[ClosedPeriod]]


@pytest.fixture
def close(database: Database, names: LedgerNames) -> Close:
    """Closes periods at noon of a day."""

    def closed(
        day: str, *, early: bool = False, trusted: bool = True, by: CountsBy = "quarter"
    ) -> list[ClosedPeriod]:
        noon = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=11)
        now = Moment("boot-1", 1.0, noon, trusted)
        return close_periods(database, names, now, counts_by=by, end_running=early)

    return closed


@pytest.fixture
def entries(count: Callable[[str, int], None], close: Close) -> list[ClosedPeriod]:
    """The ledger of a box that has closed some quarters."""
    for day in ("2026-01-15", "2026-04-15", "2026-07-15", "2026-10-15"):
        count(day, 140)
    return close("2027-01-01")

from pathlib import Path

import pytest

from kiosk.service import visits
from kiosk.service.office import Office
from tests.touch.bus import Bus
from tests.town import TownClock


@pytest.fixture
def bus(office: Office, clock: TownClock, tmp_path: Path) -> Bus:
    visits.open_visit(office, None, None, clock())
    return Bus(office, clock, tmp_path / "run" / "wish.json")

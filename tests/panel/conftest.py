from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.service import visits
from tests.panel.bus import Bus
from tests.town import MARKET

if TYPE_CHECKING:
    from kiosk.service.office import Office


@pytest.fixture
def bus(office: Office) -> Bus:
    bus = Bus(office)
    visits.open_visit(office, MARKET, None, bus.now())
    return bus

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.service import service_day
from tests.panel.bus import Bus
from tests.town import MARKET

if TYPE_CHECKING:
    from kiosk.service.office import Office


@pytest.fixture
def bus(office: Office) -> Bus:
    bus = Bus(office)
    service_day.open_visit(office, MARKET, None, bus.now())
    return bus

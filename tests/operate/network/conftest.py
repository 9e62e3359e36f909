from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.town import TOWN

if TYPE_CHECKING:
    from kiosk.domain.profile import Profile


@pytest.fixture
def town() -> Profile:
    """A profile with a Wi-Fi for visitors."""
    return replace(TOWN, bus_network="http://10.42.0.1:8080", bus_wifi="Stadtbus")

"""Any order of actions keeps what must stay true: a thousand steps here, many more at night."""

import os

import pytest
from hypothesis import settings

from tests.service.lived_day import Day

pytestmark = pytest.mark.slow  # hundreds of random steps

STEPS = int(os.environ.get("RADHAUS_STEPS", "1000"))
"""`script/nightly` asks for a hundred thousand."""

A_DAY = 50

Day.TestCase.settings = settings(
    max_examples=max(1, STEPS // A_DAY),
    stateful_step_count=A_DAY,
    database=None,
)
TestDay = Day.TestCase

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.waiting import PATIENCE_S

USUAL_MS = 5000  # Playwright's own


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    """A whole bus and a browser beside it answer slowly now and then."""
    expect.set_options(timeout=PATIENCE_S * 1000)
    yield
    expect.set_options(timeout=USUAL_MS)

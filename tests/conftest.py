import pytest
from hypothesis import settings

# A shared machine is slow now and then; a slow example is no wrong one.
settings.register_profile("radhaus", deadline=None, print_blob=True)
settings.load_profile("radhaus")


@pytest.fixture(autouse=True)
def _nobodys_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps tests off the data of whoever runs them."""
    monkeypatch.delenv("KIOSK_DATA", raising=False)
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)

"""Four presses of a trembling hand at one place, on every screen: no ticket that nobody wanted."""

import json
import secrets
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow  # some seconds: every screen is laid out


@pytest.mark.parametrize("size", ["800x480", "1280x800"])
def test_a_trembling_hand_takes_no_ticket_that_nobody_wanted(size: str) -> None:
    seed = secrets.randbits(32)
    command = [sys.executable, "-m", "tests.screens.trembling", str(seed), size]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert json.loads(done.stdout) == {size: []}, f"seed {seed}"

"""What counts as a tap on a real glass: one finger, down and up on the same thing."""

import json
import subprocess
import sys
from pathlib import Path

ONE = "start.number"


def test_only_one_finger_that_stays_on_its_element_taps(
    display: dict[str, str], tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "tests.screens.fingers", str(tmp_path)]
    done = subprocess.run(command, env=display, check=True, capture_output=True, text=True)
    assert json.loads(done.stdout) == {
        "a tap": [ONE],
        "a long press": [ONE],
        "slid off": [],
        "slid off and back": [ONE],
        "slid to another": [],
        "two fingers on one": [ONE],
        "two fingers on two": [ONE],
        "beside everything": [None],
    }

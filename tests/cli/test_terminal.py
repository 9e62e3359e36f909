"""Foreign text reaches the shell by many ways, and none of them steers the terminal."""

import json
import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.cli.terminal import escape_controls
from kiosk.system.paths import Paths
from tests.prepared import new_device

HOSTILE = "a\x1b]0;mine\x07\x9b2J\r\u202eb\u2066c\u2028d\x7f"
NAME = HOSTILE + os.fsdecode(b"\xff")
STEERING = set(NAME) - set("a]0;mine2Jbcd")


def kiosk(*words: str, data: Path) -> Result:
    """Runs `kiosk WORDS` as on a terminal that takes colours."""
    return CliRunner().invoke(main, [*words, "--data", str(data)], color=True)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A box in a folder of such a name."""
    folder = tmp_path / NAME
    new_device(Paths(folder))
    return folder


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    file = tmp_path / f"{NAME}.toml"
    file.write_text(f'name = "\\u001b\\u202e"\n"{HOSTILE[-2]}" = 1\n', encoding="utf-8")
    return file


def test_no_way_to_the_shell_lets_a_foreign_text_steer_it(data: Path, profile: Path) -> None:
    plan = profile.with_suffix(".csv")
    plan.write_text(f"Datum;{HOSTILE}\n2.12.2026;x\n", encoding="utf-8")
    said = ""
    for words in (
        ["doctor"],
        ["profile", "check", str(profile)],
        ["timetable", "import", str(plan)],
        ["timetable", "import", str(plan.with_name(f"no{NAME}.csv"))],
        ["counts", "verify", str(profile.parent)],
        ["desk", "next", "--desk", HOSTILE],
        ["ticket", "take", "--topic", HOSTILE],
        [HOSTILE],
    ):
        result = kiosk(*words, data=data)
        assert result.output.strip(), words
        said += result.output
    assert not STEERING & set(said)
    assert r"\u001b]0;mine" in said, "what it is can be read"


def test_in_json_a_program_reads_the_same_text() -> None:
    assert json.loads(escape_controls(msgspec.json.encode(HOSTILE).decode())) == HOSTILE


@pytest.mark.slow
def test_the_log_of_a_door_is_escaped_on_a_real_terminal(data: Path) -> None:
    (data / "config.toml").unlink()
    (data / "config.toml").mkdir()
    near, far = pty.openpty()
    words = [sys.executable, "-m", "kiosk", "console", "--data", str(data), "--port", "0"]
    done = subprocess.run(words, stdout=far, stderr=far, check=False)
    os.close(far)
    said = b""
    with suppress(OSError):  # the other end is closed
        while part := os.read(near, 4096):
            said += part
    os.close(near)
    assert done.returncode == 1
    assert not STEERING & set(said.decode().replace("\r\n", "\n"))

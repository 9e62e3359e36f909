"""The evening's backup runs for every way in which a technician may write its recipient."""

import shlex
import subprocess
from pathlib import Path

import pytest

from kiosk.operate.provisioning.shipped import SHIPPED

CONFIG = "/var/lib/kiosk/config.toml"


def condition(config: Path) -> list[str]:
    unit = (SHIPPED / "kiosk-backup.service").read_text(encoding="utf-8")
    (line,) = (line for line in unit.splitlines() if line.startswith("ExecCondition="))
    words = shlex.split(line.partition("=")[2])
    assert words.count(CONFIG) == 1
    return [str(config) if word == CONFIG else word for word in words]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ('[backup]\nrecipient = "age1abc"', True),
        ('[backup]\nrecipient="age1abc"', True),
        ("[backup]\n  recipient\t=\t'age1abc' # of the office", True),
        ('backup.recipient = "age1abc"', True),
        ('backup = { keep = 7, recipient = "age1abc" }', True),
        ('[backup]\nrecipient = ""', False),
        ('[backup]\n# recipient = "age1abc"', False),
        ("", False),
    ],
)
def test_a_backup_is_made_where_a_recipient_is_named(
    tmp_path: Path, text: str, *, runs: bool
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(text, encoding="utf-8")
    done = subprocess.run(condition(config), check=False)
    assert (done.returncode == 0) == runs

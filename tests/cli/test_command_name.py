"""Hints name the command as it has to be typed."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.cli.command_name import as_typed
from kiosk.operate.provisioning.shipped import LOCAL

ROOT = Path(__file__).parents[2]
NOWHERE = "/nowhere"


@pytest.mark.parametrize(
    ("started", "on_path", "typed"),
    [
        ("bin/kiosk", NOWHERE, "bin/kiosk"),
        ("bin/kiosk", "{here}/bin", "kiosk"),
        ("{here}/bin/kiosk", NOWHERE, "bin/kiosk"),
        ("{here}/a b/kiosk", NOWHERE, "'a b/kiosk'"),
        ("/opt/radhaus/.venv/bin/kiosk", NOWHERE, "/opt/radhaus/.venv/bin/kiosk"),
        ("/usr/lib/python3/kiosk/__main__.py", "{here}/bin", "{python} -m kiosk"),
        ("/usr/bin/pytest", NOWHERE, "kiosk"),
    ],
)
def test_a_hint_can_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: str, on_path: str, typed: str
) -> None:
    program = tmp_path / "bin/kiosk"
    program.parent.mkdir()
    program.touch(mode=0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", on_path.format(here=tmp_path))
    monkeypatch.setattr(sys, "argv", [started.format(here=tmp_path)])
    name = typed.format(python=sys.executable)
    said = as_typed("Run: sudo kiosk provision, or 'kiosk init'; the group kiosk, kiosk-touch.")
    assert said == f"Run: sudo {name} provision, or '{name} init'; the group kiosk, kiosk-touch."


def test_an_appliance_is_told_the_command_that_provisioning_puts_on_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "environment/bin/kiosk"
    (wrapper,) = (file for file in LOCAL.files(program) if file.path == LOCAL.command)
    wrapper.apply(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "usr/local/bin"))
    monkeypatch.setattr(sys, "argv", [str(program)])
    assert as_typed("Run: kiosk provision") == "Run: kiosk provision"


def test_the_hint_of_a_clone_is_a_command(tmp_path: Path) -> None:
    program = Path(sys.prefix, "bin/kiosk")
    environment = {"PATH": "/usr/bin:/bin", "KIOSK_DATA": str(tmp_path / "data")}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )

    refused = run(str(program), "init")
    hint = re.search(r"\('(.+ profile list)'\)", refused.stderr)
    assert hint, refused.stderr
    listed = run(*shlex.split(hint[1]))
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "gelsenkirchen" in listed.stdout

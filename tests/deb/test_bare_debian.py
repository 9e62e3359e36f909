"""What scripts that build a bare Debian leave behind, without building one."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = f"""\
set -eu
cd {ROOT}
suite=trixie user=root
. script/bare-debian.sh
setsid sleep 86399 &
echo "$# $root"
sleep "$1"
"""
PATIENCE_S = 300


def begun(folder: Path, *arguments: str) -> tuple[subprocess.Popen[str], Path]:
    """A script that runs, and the folder of its bare Debian."""
    (script := folder / "script").write_text(SCRIPT)
    words = ["sh", str(script), *arguments]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    count, _, root = process.stdout.readline().strip().partition(" ")
    assert int(count) == len(arguments)
    return process, Path(root)


def wait_for_all(process: subprocess.Popen[str]) -> int:
    """Until nothing holds its output any more; how it ended."""
    process.communicate(timeout=PATIENCE_S)
    return process.returncode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root builds a bare Debian")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGKILL"])
def test_nothing_outlives_a_script_that_is_ended(name: str, tmp_path: Path) -> None:
    process, root = begun(tmp_path, "86399", "with a space")
    assert root.is_dir()
    process.send_signal(signal.Signals[name])
    assert wait_for_all(process) == {"SIGTERM": 1, "SIGKILL": -signal.SIGKILL}[name]
    assert root.exists() == (name == "SIGKILL")

    following, its_root = begun(tmp_path, "0")
    assert wait_for_all(following) == 0, "nor does what it had left running"
    assert not root.exists(), "what a SIGKILL has left is deleted by the next"
    assert not its_root.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root builds a bare Debian")
def test_a_script_deletes_no_folder_of_one_that_runs(tmp_path: Path) -> None:
    running, root = begun(tmp_path, "86399")
    try:
        following, _ = begun(tmp_path, "0")
        assert wait_for_all(following) == 0
        assert root.is_dir()
    finally:
        running.terminate()
        wait_for_all(running)

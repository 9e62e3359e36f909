"""The audit of started programs finds one that no script installs."""

import shutil
import subprocess
import sys

from tests.programs import SETUP, ProgramAudit, is_declared


def test_a_program_that_no_script_names_is_found_although_it_is_here() -> None:
    xdotool, sh = shutil.which("xdotool"), shutil.which("sh")
    assert xdotool
    assert sh
    assert is_declared(xdotool)
    without = SETUP.replace("xdotool", "")
    assert [is_declared(program, without) for program in (xdotool, sh)] == [False, True]


def test_every_start_is_heard_also_one_behind_another_program() -> None:
    audit = ProgramAudit()
    audit.listen()
    env = shutil.which("env")
    subprocess.run(["timeout", "9", str(env), sys.executable, "-c", ""], check=True)
    assert audit.started >= {shutil.which("timeout"), env}
    assert audit.faults() == []

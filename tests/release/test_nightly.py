"""script/nightly and the audit: a hole ends the night, a question that nobody answered does not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

NIGHTLY = Path(__file__).resolve().parents[2] / "script/nightly"
PROGRAMS = ("setup", "sbom", "audit", "machine", "server", "fresh")


def night(folder: Path, audit: int) -> tuple[int, list[str], str]:
    """How it ended where the audit ends so, which programs ran, and what it said."""
    called = folder / "called"
    for path in (*(folder / "script" / name for name in PROGRAMS), folder / ".venv/bin/pytest"):
        path.parent.mkdir(parents=True, exist_ok=True)
        ends = audit if path.name == "audit" else 0
        path.write_text(f"#!/bin/sh\necho {path.name} >>{called}\nexit {ends}\n")
        path.chmod(0o755)
    nightly = folder / "script/nightly"
    nightly.write_bytes(NIGHTLY.read_bytes())
    done = subprocess.run(["sh", nightly], capture_output=True, text=True, check=False)
    return done.returncode, called.read_text().split(), done.stderr


def test_the_parts_are_listed_and_audited_before_the_long_hours(tmp_path: Path) -> None:
    ended, called, said = night(tmp_path, audit=0)
    assert (ended, said) == (0, "")
    assert called[:4] == ["setup", "sbom", "audit", "pytest"]
    assert called[-3:] == ["machine", "server", "fresh"]


def test_a_hole_ends_the_night(tmp_path: Path) -> None:
    ended, called, _ = night(tmp_path, audit=1)
    assert (ended, called) == (1, ["setup", "sbom", "audit"])


def test_where_nobody_could_be_asked_it_goes_on_and_ends_with_a_word(tmp_path: Path) -> None:
    ended, called, said = night(tmp_path, audit=2)
    assert ended == 0
    assert called[-1] == "fresh"
    assert "NOT AUDITED" in said.splitlines()[-1]


@pytest.mark.parametrize("audit", [3, 127])
def test_an_audit_that_broke_is_no_audit(tmp_path: Path, audit: int) -> None:
    assert night(tmp_path, audit)[0] == audit

"""Audit for known holes: one is found, and where nobody could be asked nothing is called clean."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

RELEASE = Path(__file__).resolve().parents[2] / "script/release"
LOCK = f"""
urllib3==2.5.0 \\
    --hash=sha256:{"0" * 64}
click==8.5.1 ; sys_platform == 'linux' \\
    --hash=sha256:{"1" * 64}
"""
Record = dict[str, Any]


def advisory(*events: dict[str, str], name: str = "urllib3", **more: object) -> Record:
    ranges = [{"type": "ECOSYSTEM", "events": list(events)}]
    affected = [{"package": {"ecosystem": "PyPI", "name": name}, "ranges": ranges}]
    record = {"id": "PYSEC-2026-1", "modified": "2026-11-02T00:00:00Z", "affected": affected}
    return {**record, "schema_version": "1.6.0", "summary": "A hole.", **more}


FITTING = advisory({"introduced": "0"}, {"fixed": "2.6.0"}, aliases=["CVE-2026-1"])


def copy_of(folder: Path, *records: Record) -> Path:
    folder.mkdir(exist_ok=True)
    for number, record in enumerate(records):
        (folder / f"{number}.json").write_text(json.dumps(record))
    return folder


def audited(tmp_path: Path, copy: Path) -> subprocess.CompletedProcess[str]:
    lock = tmp_path / "requirements.lock"
    lock.write_text(LOCK)
    command = [sys.executable, str(RELEASE / "audit.py"), "--advisories", str(copy), str(lock)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow  # pip-audit
def test_a_hole_is_found_in_a_copy_as_it_is_downloaded(tmp_path: Path) -> None:
    copy = tmp_path / "all.zip"
    with ZipFile(copy, "w") as archive:
        archive.writestr("PYSEC-2026-1.json", json.dumps(FITTING))
    found = audited(tmp_path, copy)
    assert found.returncode == 1, found.stderr
    assert "Advisories up to 2026-11-02." in found.stdout
    assert "urllib3 2.5.0: PYSEC-2026-1, CVE-2026-1; mended in 2.6.0" in found.stdout


@pytest.mark.slow  # pip-audit
def test_what_has_no_hole_is_said_to_have_none(tmp_path: Path) -> None:
    copy = copy_of(tmp_path / "copy", advisory({"introduced": "0"}, name="flask"))
    found = audited(tmp_path, copy)
    assert (found.returncode, found.stdout.splitlines()[-1]) == (0, "No known hole.")


@pytest.mark.parametrize("content", [None, b"no archive", b""])
def test_without_advisories_there_is_no_clean_bill(tmp_path: Path, content: bytes | None) -> None:
    copy = tmp_path / "all.zip"
    if content is not None:
        copy.write_bytes(content)
    found = audited(tmp_path, copy)
    assert found.returncode == 2
    assert "NOT AUDITED" in found.stderr


def test_an_empty_folder_is_no_clean_bill(tmp_path: Path) -> None:
    assert audited(tmp_path, copy_of(tmp_path / "copy")).returncode == 2


@pytest.mark.parametrize(
    ("record", "fits"),
    [
        (FITTING, True),
        (advisory({"introduced": "0"}), True),
        (advisory({"introduced": "2.5.0"}, {"fixed": "2.5.1"}), True),
        (advisory({"introduced": "2.5.1"}), False),
        (advisory({"introduced": "0"}, {"fixed": "2.5.0"}), False),
        (advisory({"introduced": "0"}, {"last_affected": "2.5.0"}), True),
        (advisory({"introduced": "0"}, {"last_affected": "2.4.9"}), False),
        (
            advisory(
                {"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "2.0"}, {"fixed": "2.9"}
            ),
            True,
        ),
        (advisory({"introduced": "0"}, name="URLLIB3"), True),
        (advisory({"introduced": "0"}, withdrawn="2026-11-03T00:00:00Z"), False),
        (advisory({"introduced": "0"}, name="urllib4"), False),
        (advisory({"introduced": "not.a.version!"}), False),
    ],
)
def test_a_version_fits_what_was_introduced_and_not_fixed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record: Record, *, fits: bool
) -> None:
    monkeypatch.syspath_prepend(str(RELEASE))
    other = advisory({"introduced": "0"}, name="flask")
    known = import_module("advisories").read_advisories(copy_of(tmp_path / "copy", record, other))
    assert bool(known.of("urllib3", "2.5.0")) is fits


def test_a_version_that_is_listed_fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(RELEASE))
    record = advisory()
    record["affected"][0]["versions"] = ["2.5.0"]
    known = import_module("advisories").read_advisories(copy_of(tmp_path / "copy", record))
    assert known.of("urllib3", "2.5.0")
    assert not known.of("urllib3", "2.5.1")

import hashlib
import io
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from kiosk.export.package import Package
from kiosk.export.targets.zip_archive import build_archive

PACKAGE = Package("town_rh-1_2026-10", {"b.csv": b"b\n" * 9000, "a.csv": b"", "ä.txt": b"\x00\xff"})


def test_the_bytes_are_the_same_whatever_the_day_the_order_and_the_zone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = build_archive(PACKAGE)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    again = build_archive(Package(PACKAGE.name, dict(reversed(list(PACKAGE.files.items())))))
    monkeypatch.undo()
    time.tzset()
    assert again == first
    assert first.sha256 == hashlib.sha256(first.content).hexdigest()
    # Receivers compare digests over years: this one changes only if the archive's form does.
    assert first.sha256 == "c3c3cbca5b8d90a0153ea7913f96d5dd4e4f30884ea76ca52360730d0278899c"


def test_others_read_what_was_packed(tmp_path: Path) -> None:
    archive = build_archive(PACKAGE)
    (tmp_path / archive.name).write_bytes(archive.content)
    subprocess.run(
        [sys.executable, "-m", "zipfile", "-e", archive.name, "."], cwd=tmp_path, check=True
    )
    folder = tmp_path / PACKAGE.name
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == PACKAGE.files
    with zipfile.ZipFile(io.BytesIO(archive.content)) as read:
        assert read.testzip() is None
        assert [entry.extra for entry in read.infolist()] == [b""] * len(PACKAGE.files)

"""List of parts of a release: all that is locked, with licence and hash, the same each time."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import kiosk

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "script/release/sbom.py"


STATUS = """\
Package: libssl3t64
Status: install ok installed
Architecture: amd64
Source: openssl
Version: 3.5.4-1~deb13u1
Description: libraries
 Package: not-a-package

Package: nano
Status: deinstall ok config-files
Architecture: amd64
Version: 8.4-1

Package: libgcc-s1
Status: install ok installed
Architecture: amd64
Source: gcc-14 (14.2.0-19)
Version: 14.2.0-19
"""


def write_sbom(folder: Path, *status: Path) -> dict[str, bytes]:
    words = [sys.executable, str(PROGRAM), str(folder), *map(str, status)]
    subprocess.run(words, check=True, capture_output=True)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_every_locked_library_is_in_it_and_a_second_run_writes_the_same(tmp_path: Path) -> None:
    """The program itself holds it against the schema of CycloneDX before it writes it."""
    files = write_sbom(tmp_path / "once")
    assert files == write_sbom(tmp_path / "again")
    name = f"radhaus-{kiosk.__version__}"
    bom = json.loads(files[f"{name}.cdx.json"])
    assert (bom["bomFormat"], bom["specVersion"]) == ("CycloneDX", "1.6")
    assert bom["metadata"]["component"]["version"] == kiosk.__version__
    found = {(part["name"], part["version"]) for part in bom["components"]}
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    lines = re.findall(r"^([\w.-]+)==([^\s;]+)(.*)$", lock, re.MULTILINE)
    assert {(name, version) for name, version, more in lines if "win32" not in more} == found
    for part in bom["components"]:
        assert part["licenses"], part["name"]
        assert part["hashes"], part["name"]
    needs = {each["ref"]: each.get("dependsOn", []) for each in bom["dependencies"]}
    of_radhaus = needs[f"radhaus@{kiosk.__version__}"]
    assert any(each.startswith("kivy@") for each in of_radhaus)
    licences = files[f"{name}.licences.txt"].decode()
    assert all(f"{name} {version}: " in licences for name, version in found)


def test_the_appliance_has_debians_packages_too(tmp_path: Path) -> None:
    status = tmp_path / "radhaus.dpkg-status"
    status.write_text(STATUS, encoding="utf-8")
    bom = json.loads(
        write_sbom(tmp_path / "parts", status)[f"radhaus-{kiosk.__version__}-appliance.cdx.json"]
    )
    debian = [part["purl"] for part in bom["components"] if part["purl"].startswith("pkg:deb")]
    assert debian == [
        "pkg:deb/debian/libgcc-s1@14.2.0-19?arch=amd64&upstream=gcc-14",
        "pkg:deb/debian/libssl3t64@3.5.4-1~deb13u1?arch=amd64&upstream=openssl",
    ]
    assert any(part["purl"].startswith("pkg:pypi/kivy@") for part in bom["components"])


@pytest.mark.parametrize("text", ["", "Package: nano\nStatus: deinstall ok config-files\n", "x"])
def test_a_system_without_packages_is_no_list_of_parts(tmp_path: Path, text: str) -> None:
    status = tmp_path / "status"
    status.write_text(text, encoding="utf-8")
    words = [sys.executable, str(PROGRAM), str(tmp_path / "parts"), str(status)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == f"script/sbom: {status} names no installed package\n"

"""List of parts of a release: all that is locked, with licence and hash, the same each time."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import kiosk

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "script/release/sbom.py"


def write_sbom(folder: Path) -> dict[str, bytes]:
    subprocess.run([sys.executable, str(PROGRAM), str(folder)], check=True, capture_output=True)
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

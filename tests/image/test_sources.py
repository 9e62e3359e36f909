"""The sources of the appliance's image: what can be said of them without building it."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
IMAGE = ROOT / "image"
LAYERS = IMAGE / "raspberry-pi/layer"
SCRIPTS = sorted(
    path
    for path in IMAGE.rglob("*")
    if path.is_file() and path.read_bytes().startswith((b"#!/bin/sh", b"# shellcheck shell=sh"))
)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: str(path.relative_to(IMAGE)))
def test_a_script_is_one(script: Path) -> None:
    said = subprocess.run(["sh", "-n", script], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")
    assert os.access(script, os.X_OK) == (script.name != "functions")


def test_every_firmware_has_what_the_build_asks_of_it() -> None:
    """`image/build` names nothing else of them."""
    for firmware in ("uefi", "raspberry-pi"):
        text = (IMAGE / firmware / "functions").read_text(encoding="utf-8")
        assert re.findall(r"^(\w+)\(\) \{", text, re.MULTILINE) == [
            "files_of_firmware",
            "files_of_boot",
        ]
        assert "\nbootloader=" in (IMAGE / firmware / "rauc.conf").read_text(encoding="utf-8")
        programs = {path.name for path in (IMAGE / firmware / "root/usr/libexec/radhaus").iterdir()}
        assert "runs-on-trial" in programs, "leave-trial asks it"


def test_every_unit_that_is_enabled_here_is_there() -> None:
    named = (IMAGE / "enabled").read_text(encoding="utf-8").split("\n")
    ours = {name for name in named if name.startswith("radhaus-")}
    assert ours <= {path.name for path in (ROOT / "systemd/appliance").iterdir()}


def test_layers_name_each_other_as_rpi_image_gen_finds_them() -> None:
    """Those of its own are known by its documentation alone."""
    named = {
        match[1]: path
        for path in LAYERS.glob("*.yaml")
        if (match := re.search(r"^# X-Env-Layer-Name: (\S+)$", path.read_text(), re.MULTILINE))
    }
    assert {path.stem for path in named.values()} == set(named)
    config = (IMAGE / "raspberry-pi/config/radhaus.yaml").read_text(encoding="utf-8")
    asked = set(re.findall(r"(?:layer|app): (\S+)$", config, re.MULTILINE))
    assert asked == {"rpi-generic64", *named}
    hooks = [path for path in LAYERS.rglob("hooks/*") if path.is_file()]
    assert [path.parents[1].stem for path in hooks] == ["image-radhaus"]


CONTROL = """\
Package: {package}
Version: 0.1.0+20260101.120000-1~deb{release}
Architecture: {architecture}
Maintainer: Radhaus <radhaus@stadt.example>
Description: of a test
"""


@pytest.mark.parametrize(
    ("package", "release", "architecture", "refusal"),
    [
        ("radhaus", 13, "arm64", "is for arm64, not for amd64"),
        ("radhaus", 12, "amd64", "is not Radhaus for Debian 13: radhaus 0.1.0"),
        ("dash", 13, "amd64", "is not Radhaus for Debian 13: dash 0.1.0"),
    ],
)
def test_a_package_that_is_none_of_the_image_is_refused_before_anything_is_built(
    package: str, release: int, architecture: str, refusal: str, tmp_path: Path
) -> None:
    control = tmp_path / "tree/DEBIAN/control"
    control.parent.mkdir(parents=True)
    control.parent.chmod(0o755)  # dpkg-deb takes none that is closed, as a strict umask leaves it
    text = CONTROL.format(package=package, release=release, architecture=architecture)
    control.write_text(text, encoding="utf-8")
    deb = tmp_path / "given.deb"
    subprocess.run(["dpkg-deb", "--build", tmp_path / "tree", deb], check=True)
    for name in ("keyring", "certificate", "key"):
        (tmp_path / f"{name}.pem").touch()
    words = map(str, (ROOT / "script/image", "--keys", tmp_path, "--package", deb, "amd64"))
    said = subprocess.run([*words], capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert f"script/image: {deb} {refusal}" in said.stderr


def test_folders_of_the_data_are_passed_whatever_umask_they_were_made_under(tmp_path: Path) -> None:
    """Of encrypted data they are made by a service that keeps all to itself."""
    partition = (IMAGE / "repart.d/60-data.conf").read_text(encoding="utf-8")
    (made,) = re.findall(r"^MakeDirectories=(.*)$", partition, re.MULTILINE)
    folders = [tmp_path / "data" / folder.strip("/") for folder in made.split()]
    for folder in folders:
        folder.mkdir(mode=0o700, parents=True)
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc/passwd").write_text(f"kiosk-upload:x:{os.geteuid()}:{os.getegid()}::/:/\n")
    (tmp_path / "etc/group").write_text(f"kiosk:x:{os.getegid()}:\n")
    file = IMAGE / "root/usr/lib/tmpfiles.d/radhaus-data.conf"
    subprocess.run(["systemd-tmpfiles", f"--root={tmp_path}", "--create", file], check=True)
    closed = {folder.name for folder in folders if folder.stat().st_mode & 0o5 != 0o5}
    assert closed == {"kiosk"}, "of the group kiosk, by the package's own tmpfiles"

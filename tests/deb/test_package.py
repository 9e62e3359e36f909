"""The built package: what is in it, and its life on a bare Debian.

Minutes each, as root with mmdebstrap: `script/nightly` sets RADHAUS_DEB to the Debian it is for.
"""

import os
import re
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SUITE = os.environ.get("RADHAUS_DEB", "")
ALLOWED = (
    *("./usr/lib/radhaus/", "./usr/bin/kiosk", "./usr/share/doc/radhaus/"),
    *("./usr/share/man/man1/kiosk.1.gz", "./usr/share/lintian/overrides/radhaus"),
    *("./usr/lib/systemd/system/kiosk", "./usr/lib/systemd/journald.conf.d/kiosk.conf"),
    *("./usr/lib/sysusers.d/kiosk.conf", "./usr/lib/tmpfiles.d/kiosk.conf"),
    *("./usr/lib/modules-load.d/kiosk.conf", "./usr/lib/udev/rules.d/"),
)
_BUILD_PATHS = re.compile(rb"/srv/radhaus|/tmp/tmp\.|/root/\.cache|/var/tmp/radhaus-")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SUITE, reason="script/nightly builds the package: RADHAUS_DEB=trixie"),
]


@pytest.fixture(autouse=True)
def _only_declared_programs() -> None:
    """`script/deb` asks for its own programs."""


@pytest.fixture(scope="module")
def package() -> Path:
    said = subprocess.run([ROOT / "script/deb", SUITE], check=False, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout + said.stderr
    return ROOT / "dist" / said.stdout.split()[-1]


@pytest.fixture(scope="module")
def files(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tarfile.TarFile]:
    tar = tmp_path_factory.mktemp("deb") / "data.tar"
    with tar.open("wb") as out:
        subprocess.run(["dpkg-deb", "--fsys-tarfile", package], check=True, stdout=out)
    with tarfile.open(tar) as opened:
        yield opened


def test_only_what_belongs_to_the_package_is_in_it(files: tarfile.TarFile) -> None:
    strangers = [one.name for one in files if not one.isdir() and not one.name.startswith(ALLOWED)]
    assert strangers == []


def test_all_is_roots_and_nobody_else_may_write(files: tarfile.TarFile) -> None:
    owners = {(one.uid, one.gid, one.uname, one.gname) for one in files}
    assert owners == {(0, 0, "root", "root")}
    wrong = [one.name for one in files if not one.issym() and one.mode not in {0o644, 0o755}]
    assert wrong == [], "neither writable for others nor closed to them, and no setuid"
    assert {one.name for one in files if one.isfile() and one.mode == 0o755} == {
        "./usr/bin/kiosk",
        "./usr/lib/radhaus/bin/kiosk",
    }


def test_no_installer_comes_along(files: tarfile.TarFile) -> None:
    names = {Path(one.name) for one in files}
    tops = {path.name for path in names if path.parent.name == "site-packages"}
    assert tops.isdisjoint({"pip", "setuptools", "pkg_resources", "pytest", "tests"})
    assert "direct_url.json" not in {path.name for path in names}


def test_every_module_is_compiled(files: tarfile.TarFile) -> None:
    names = {one.name for one in files}
    ours = {name for name in names if re.search(r"/(kiosk|hardware)/.*\.py$", name)}
    compiled = {
        re.sub(r"__pycache__/(\w+)\.cpython-\d+\.pyc$", r"\1.py", name)
        for name in names
        if name.endswith(".pyc")
    }
    assert len(ours) > 100
    assert ours - compiled == set()


def test_no_path_of_the_build_is_in_a_file(files: tarfile.TarFile) -> None:
    told = []
    for one in files:
        content = files.extractfile(one) if one.isfile() else None
        if content and _BUILD_PATHS.search(content.read()):
            told.append(one.name)
    assert told == []


def test_its_life_on_a_bare_debian(package: Path) -> None:
    said = subprocess.run(
        [ROOT / "tests/deb/install", package, SUITE], check=False, capture_output=True, text=True
    )
    print(said.stdout)  # noqa: T201 - shown by pytest -s, and when it fails
    assert said.returncode == 0, said.stderr

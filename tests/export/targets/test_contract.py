"""What holds for every target, each over a real folder or server."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.export.errors import SomethingElseThere
from kiosk.export.package import Package
from kiosk.export.targets.folder import FolderTarget
from kiosk.export.targets.http_client import Endpoint
from kiosk.export.targets.https import HttpsTarget
from kiosk.export.targets.port import Target
from kiosk.export.targets.webdav import WebdavTarget
from kiosk.export.upload.secret import authorization
from tests.export.authority import Authority
from tests.export.nginx import PASSWORD, TOKEN, USER

PACKAGE = Package("town_rh-1_2026-10", {"a.csv": b"a\n1\n", "LIESMICH.txt": "Größe\n".encode()})
OTHER = Package("town_rh-1_2026-11", {"a.csv": b"a\n2\n"})


@dataclass(frozen=True)
class Destination:
    """A target, and the folder in which its packages arrive."""

    target: Target
    folder: Path

    def holds(self, package: Package) -> bool:
        plain, zipped = self.folder / package.name, self.folder / f"{package.name}.zip"
        if plain.is_dir():
            return {path.name: path.read_bytes() for path in plain.iterdir()} == package.files
        with zipfile.ZipFile(zipped) as archive:
            found = {name: archive.read(name) for name in archive.namelist()}
        return found == {f"{package.name}/{name}": each for name, each in package.files.items()}

    def names(self) -> list[str]:
        return sorted(path.name.removesuffix(".zip") for path in self.folder.iterdir())


@pytest.fixture(params=["folder", "nginx", "nginx dav", "wsgidav"])
def destination(
    request: pytest.FixtureRequest, tmp_path: Path, authority: Authority
) -> Destination:
    if request.param == "folder":
        return Destination(FolderTarget(tmp_path / "out"), tmp_path / "out")
    secret = tmp_path / "secret"
    secret.touch(mode=0o600)
    secret.write_text(TOKEN if request.param == "nginx" else PASSWORD)
    shown = authorization("" if request.param == "nginx" else USER, secret)
    if request.param == "wsgidav":
        dav = request.getfixturevalue("dav")
        return Destination(WebdavTarget(Endpoint(dav.url, shown, authority.ca_file)), dav.received)
    nginx = request.getfixturevalue("nginx")
    if request.param == "nginx":
        return Destination(
            HttpsTarget(Endpoint(nginx.url, shown, authority.ca_file)), nginx.received
        )
    endpoint = Endpoint(nginx.dav_url, shown, authority.ca_file)
    return Destination(WebdavTarget(endpoint), nginx.dav_received)


def test_packages_arrive_whole_and_alone(destination: Destination) -> None:
    receipt = destination.target.put(PACKAGE)
    destination.target.put(OTHER)
    assert PACKAGE.name in receipt.place
    assert destination.names() == [PACKAGE.name, OTHER.name]
    assert destination.holds(PACKAGE)
    assert destination.holds(OTHER)


def test_the_same_package_again_has_the_same_receipt_and_changes_nothing(
    destination: Destination,
) -> None:
    first = destination.target.put(PACKAGE)
    before = [path.stat().st_ino for path in destination.folder.iterdir()]
    assert destination.target.put(PACKAGE) == first
    assert [path.stat().st_ino for path in destination.folder.iterdir()] == before


@pytest.mark.parametrize("content", [b"a\n2\n", b"a\n1\nmore\n"])
def test_something_else_of_that_name_is_left_alone(
    destination: Destination, content: bytes
) -> None:
    theirs = Package(PACKAGE.name, {**PACKAGE.files, "a.csv": content})
    destination.target.put(theirs)
    with pytest.raises(SomethingElseThere, match="already exists with other contents"):
        destination.target.put(PACKAGE)
    assert destination.names() == [PACKAGE.name]
    assert destination.holds(theirs)

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
class Place:
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
def place(request: pytest.FixtureRequest, tmp_path: Path, authority: Authority) -> Place:
    if request.param == "folder":
        return Place(FolderTarget(tmp_path / "out"), tmp_path / "out")
    secret = tmp_path / "secret"
    secret.touch(mode=0o600)
    secret.write_text(TOKEN if request.param == "nginx" else PASSWORD)
    shown = authorization("" if request.param == "nginx" else USER, secret)
    if request.param == "wsgidav":
        dav = request.getfixturevalue("dav")
        return Place(WebdavTarget(Endpoint(dav.url, shown, authority.ca_file)), dav.received)
    nginx = request.getfixturevalue("nginx")
    if request.param == "nginx":
        return Place(HttpsTarget(Endpoint(nginx.url, shown, authority.ca_file)), nginx.received)
    endpoint = Endpoint(nginx.dav_url, shown, authority.ca_file)
    return Place(WebdavTarget(endpoint), nginx.dav_received)


def test_packages_arrive_whole_and_alone(place: Place) -> None:
    receipt = place.target.put(PACKAGE)
    place.target.put(OTHER)
    assert PACKAGE.name in receipt.place
    assert place.names() == [PACKAGE.name, OTHER.name]
    assert place.holds(PACKAGE)
    assert place.holds(OTHER)


def test_the_same_package_again_has_the_same_receipt_and_changes_nothing(place: Place) -> None:
    first = place.target.put(PACKAGE)
    before = [path.stat().st_ino for path in place.folder.iterdir()]
    assert place.target.put(PACKAGE) == first
    assert [path.stat().st_ino for path in place.folder.iterdir()] == before


@pytest.mark.parametrize("content", [b"a\n2\n", b"a\n1\nmore\n"])
def test_something_else_of_that_name_is_left_alone(place: Place, content: bytes) -> None:
    theirs = Package(PACKAGE.name, {**PACKAGE.files, "a.csv": content})
    place.target.put(theirs)
    with pytest.raises(SomethingElseThere, match="already exists with other contents"):
        place.target.put(PACKAGE)
    assert place.names() == [PACKAGE.name]
    assert place.holds(theirs)

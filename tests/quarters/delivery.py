"""Delivery of a quarter: by stick, to nginx, to a WebDAV server and through a faulty proxy."""

from __future__ import annotations

import zipfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import msgspec
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.settings.config import UploadSettings
from tests.audit.package import read_package
from tests.export.authority import Authority
from tests.export.faulty_proxy import Fault, FaultyProxy, proxy_before
from tests.export.nginx import PASSWORD, TOKEN, USER, Nginx, running_nginx
from tests.export.tls_servers import DavServer, running_dav

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.audit.package import Package
    from tests.quarters.box import QuarterBox

FAULTS: Final = {
    "GET": (Fault.DROPPED, Fault.PORTAL, None, 502, Fault.HALF_ANSWERED),
    "PUT": (500, Fault.HALF_SENT, 423, Fault.ANSWER_LOST),
}
"""What happens to a delivery one after the other, until nothing more does."""

_MOST_TRIES: Final = 20


@dataclass(frozen=True)
class Servers:
    """The servers of a city, and its authority."""

    folder: Path
    authority: Authority
    nginx: Nginx
    dav: DavServer
    proxy: FaultyProxy

    def https(self, origin: str) -> UploadSettings:
        return self._upload("https", f"{origin}/radhaus/box-1", TOKEN)

    def webdav(self) -> UploadSettings:
        return self._upload("webdav", self.dav.url, PASSWORD, USER)

    def _upload(self, kind: str, url: str, secret: str, user: str = "") -> UploadSettings:
        file = self.folder / f"{kind}-secret"
        file.touch(mode=0o600)
        file.write_text(secret)
        settings = {"kind": kind, "url": url, "user": user, "secret_file": str(file)}
        authority = {"ca_file": str(self.authority.ca_file), "timeout_s": 20}
        return msgspec.convert(settings | authority, UploadSettings)


@contextmanager
def running_servers(folder: Path) -> Iterator[Servers]:
    """All of them, with TLS."""
    for name in ("ca", "nginx", "dav"):
        (folder / name).mkdir()
    authority = Authority(folder / "ca")
    with ExitStack() as stack:
        nginx = stack.enter_context(running_nginx(folder / "nginx", authority))
        dav = stack.enter_context(running_dav(folder / "dav", authority))
        proxy = stack.enter_context(proxy_before(nginx.origin, authority))
        yield Servers(folder, authority, nginx, dav, proxy)


@dataclass
class Delivered:
    """What has arrived: the folder of each way with the package in it, and how it came there."""

    folders: dict[str, Path] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    tries: int = 0
    archive_bytes: int = 0

    def files(self, way: str) -> dict[str, bytes]:
        """The files of the one package."""
        (package,) = (path for path in self.folders[way].iterdir() if path.is_dir())
        return {path.name: path.read_bytes() for path in package.iterdir()}

    def package(self, way: str) -> Package:
        return read_package(self.files(way))


def deliver(box: QuarterBox, servers: Servers, folder: Path) -> Delivered:
    """All ways one after the other; the stick is first, and the period is closed for it."""
    found = Delivered()
    stick = folder / "stick"
    stick.mkdir(parents=True)
    box.kiosk("stick", "prepare", str(stick))
    written = box.kiosk("stick", "write", str(stick))
    found.folders["stick"], found.told["stick"] = stick, written.stderr + written.stdout
    servers.nginx.forget()
    _upload(box, servers.https(servers.nginx.origin), found, "nginx")
    _receive(servers.nginx.received, folder, found, "nginx")
    servers.nginx.forget()
    for method, faults in FAULTS.items():
        servers.proxy.will(method, *faults)
    found.tries = _upload(box, servers.https(servers.proxy.origin), found, "proxy")
    _receive(servers.nginx.received, folder, found, "proxy")
    _upload(box, servers.webdav(), found, "webdav")
    _receive(servers.dav.received, folder, found, "webdav")
    return found


def verify(found: Delivered, way: str, key: Path) -> str:
    """What `kiosk counts verify` says where it has arrived, with the public key of the box."""
    words = ("counts", "verify", str(found.folders[way]), "--key", str(key))
    told = CliRunner().invoke(main, words, catch_exceptions=False)
    assert told.exit_code == 0, told.output
    return told.stdout


def _upload(box: QuarterBox, server: UploadSettings, found: Delivered, way: str) -> int:
    """Tried until it has arrived; says how often."""
    box.send_to(server)
    for tried in range(1, _MOST_TRIES + 1):
        sent = box.kiosk("upload")
        if sent.exit_code == 0:
            found.told[way] = sent.stdout
            return tried
    raise AssertionError(sent.output)


def _receive(arrived: Path, folder: Path, found: Delivered, way: str) -> None:
    """Unpacks what lies at the server."""
    found.folders[way] = folder / way
    for path in arrived.glob("*.zip"):
        with zipfile.ZipFile(path) as archive:
            archive.extractall(found.folders[way])
        found.archive_bytes = path.stat().st_size
        path.unlink()

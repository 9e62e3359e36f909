"""WebDAV folder as a target (Nextcloud): a temporary name, read back, moved without overwriting."""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from kiosk.export.errors import ExportError, SomethingElseThere, TryLater
from kiosk.export.targets.http_client import HttpClient, refusal
from kiosk.export.targets.port import Receipt
from kiosk.export.targets.remote_file import is_stored
from kiosk.export.targets.zip_archive import build_archive

if TYPE_CHECKING:
    from kiosk.export.package import Package
    from kiosk.export.targets.http_client import Endpoint
    from kiosk.export.targets.zip_archive import ZipArchive

_UNFINISHED = ".radhaus-unfinished"
_DONE = frozenset({200, 201, 204})
_NO_PARENT = 409
_LISTING = 207
_LISTING_BYTES = 1024 * 1024


class WebdavTarget:
    """A folder, made if it is missing; each package is one ZIP inside."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._client = HttpClient(endpoint)

    def put(self, package: Package) -> Receipt:
        """Lay the package there, unless it has arrived before. Raises `ExportError`."""
        archive = build_archive(package)
        place = self._endpoint.file(archive.name)
        with self._client.within_deadline():
            if not is_stored(self._client, place, archive):
                self._move(self._lay_beside(archive), place, archive)
            with suppress(ExportError):  # it has arrived; a left-over file does no harm
                self._remove_unfinished(archive)
        return Receipt(place)

    def _lay_beside(self, archive: ZipArchive) -> str:
        """Under a name that no try before had, for a torn one may be locked for an hour."""
        url = self._endpoint.file(f".{archive.name}.{secrets.token_hex(8)}{_UNFINISHED}")
        self._make_folder(self._endpoint.url.rstrip("/"))
        answer = self._client.ask("PUT", url, body=archive.content)
        if answer.status not in _DONE:
            raise refusal(url, answer)
        with suppress(SomethingElseThere):
            if is_stored(self._client, url, archive):
                return url
        raise TryLater(url, "did not arrive as it was sent")

    def _make_folder(self, url: str) -> None:
        """With those above it. Whether it was there or could be made the upload will tell."""
        answer = self._client.ask("MKCOL", f"{url}/")
        if answer.status == _NO_PARENT and (parent := _parent(url)):
            self._make_folder(parent)
            self._client.ask("MKCOL", f"{url}/")

    def _move(self, source: str, place: str, archive: ZipArchive) -> None:
        """Give it its name. Whatever the server answers, an earlier move may have come first."""
        # The path alone: behind a proxy that ends TLS, a server takes https for another server.
        headers = {"Destination": urlsplit(place).path, "Overwrite": "F"}
        answer = self._client.ask("MOVE", source, headers=headers)
        if is_stored(self._client, place, archive):
            return
        if answer.status in _DONE:
            raise TryLater(place, "is not there, although the server says that it is")
        raise refusal(place, answer)

    def _remove_unfinished(self, archive: ZipArchive) -> None:
        """What torn tries of this package have left. A server that lists no folder keeps them."""
        listing = self._client.ask(
            "PROPFIND", f"{self._endpoint.url.rstrip('/')}/", headers={"Depth": "1"},
            most_bytes=_LISTING_BYTES,
        )  # fmt: skip
        name = re.escape(f".{archive.name}.") + "[0-9a-f]{16}" + re.escape(_UNFINISHED)
        if listing.status == _LISTING:
            for found in set(re.findall(f"/({name})<".encode(), listing.body or b"")):
                self._client.ask("DELETE", self._endpoint.file(found.decode()))


def _parent(url: str) -> str:
    """The folder above, empty above the server's root."""
    scheme, host, path, *_ = urlsplit(url)
    above = path.rpartition("/")[0]
    return urlunsplit((scheme, host, above, "", "")) if above else ""

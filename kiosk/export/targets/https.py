"""HTTPS endpoint as a target: PUT or POST of the ZIP, with a receipt that names its digest."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Literal

import msgspec

from kiosk.export.errors import ExportError
from kiosk.export.targets.http_client import HttpClient, refusal
from kiosk.export.targets.port import Receipt
from kiosk.export.targets.remote_file import is_stored
from kiosk.export.targets.zip_archive import build_archive

if TYPE_CHECKING:
    from kiosk.export.package import Package
    from kiosk.export.targets.http_client import Answer, Endpoint
    from kiosk.export.targets.zip_archive import ZipArchive

Method = Literal["PUT", "POST"]

_DONE = frozenset({200, 201, 204})
_THERE_ALREADY = frozenset({409, 412})
_DIGEST = re.compile(r"\bsha-256=:([A-Za-z0-9+/]+=*):")


class _ReceiptBody(msgspec.Struct):
    sha256: str


class HttpsTarget:
    """`PUT` goes to URL/NAME.zip, `POST` to URL. What lies at URL/NAME.zip is looked at first.

    A receipt is the digest, in `Repr-Digest` or in a JSON body `{"sha256": "..."}`, or the archive
    itself at URL/NAME.zip: never a status alone.
    """

    def __init__(self, endpoint: Endpoint, method: Method = "PUT") -> None:
        self._endpoint, self._method = endpoint, method
        self._client = HttpClient(endpoint)

    def put(self, package: Package) -> Receipt:
        """Send the package, unless it has arrived before. Raises `ExportError`."""
        archive = build_archive(package)
        place = self._endpoint.file(archive.name)
        with self._client.within_deadline():
            if not is_stored(self._client, place, archive):
                self._send(archive, place)
        return Receipt(place)

    def _send(self, archive: ZipArchive, place: str) -> None:
        address = place if self._method == "PUT" else self._endpoint.url
        answer = self._client.ask(
            self._method, address, body=archive.content, headers=_headers(archive)
        )
        if answer.status in _DONE and _echoed_digest(answer) == archive.sha256:
            return
        if answer.status not in _DONE | _THERE_ALREADY:
            raise refusal(address, answer)
        if not is_stored(self._client, place, archive):
            raise ExportError(
                address,
                f"answered {answer.status} without a receipt: neither the digest came back nor is"
                " the package there; is this the right server?",
            )


def _headers(archive: ZipArchive) -> dict[str, str]:
    digest = base64.b64encode(bytes.fromhex(archive.sha256)).decode()
    return {
        "Content-Type": "application/zip",
        "Content-Disposition": f'attachment; filename="{archive.name}"',
        "Idempotency-Key": archive.sha256,
        "Repr-Digest": f"sha-256=:{digest}:",
    }


def _echoed_digest(answer: Answer) -> str | None:
    """The digest that the server says it has taken in, in hexadecimal digits."""
    if found := _DIGEST.search(answer.headers.get("Repr-Digest", "")):
        try:
            return base64.b64decode(found[1], validate=True).hex()
        except ValueError:
            return None
    try:
        return msgspec.json.decode(answer.body or b"", type=_ReceiptBody).sha256.lower()
    except msgspec.MsgspecError:
        return None

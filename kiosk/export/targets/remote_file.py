"""Comparison of an archive with what lies on a server: a receipt that cannot be a mistake."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kiosk.export.errors import ExportError, SomethingElseThere
from kiosk.export.targets.http_client import refusal

if TYPE_CHECKING:
    from kiosk.export.targets.http_client import HttpClient
    from kiosk.export.targets.zip_archive import ZipArchive

OK = 200
_NOT_SHOWN = frozenset({403, 404, 405, 410, 501})
"""Nothing is there, or the server does not let us look: sending will tell."""


def is_stored(client: HttpClient, url: str, archive: ZipArchive) -> bool:
    """Whether the server has just this archive, read back byte by byte.

    The beginning of it is a torn upload, which may be replaced. Raises `SomethingElseThere`.
    """
    # An earlier version may have made a larger one of the same period.
    answer = client.ask("GET", url, most_bytes=2 * len(archive.content))
    if answer.status in _NOT_SHOWN:
        return False
    if answer.status != OK:
        raise refusal(url, answer)
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        raise ExportError(
            url,
            "is answered with a web page, as by the login of a guest network; is url right, and"
            " does this network lead to the server?",
        )
    if answer.body is None:
        raise SomethingElseThere(url)
    if answer.body != archive.content and not archive.content.startswith(answer.body):
        raise SomethingElseThere(url, hashlib.sha256(answer.body).hexdigest())
    return answer.body == archive.content

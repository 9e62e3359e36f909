"""Settings of the upload: the server that gets the packages, and their validation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator


USUAL_SECRET = "/etc/kiosk/upload-secret"  # noqa: S105 - where it lies
"""The file that systemd hands to the service."""


class UploadSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the packages go: to an HTTPS endpoint, or into a WebDAV folder such as Nextcloud's.

    The secret is a password where there is a `user`, else a token; it lies in a file of its own.
    `send_status` tells an office (`kiosk office`) version and health of this box, too.
    `ca_file` is the one authority that is believed, instead of the machine's.
    """

    kind: Literal["none", "https", "webdav"] = "none"
    url: str = ""
    method: Literal["PUT", "POST"] = "PUT"
    user: str = ""
    secret_file: str = USUAL_SECRET
    ca_file: str = ""
    timeout_s: Annotated[int, msgspec.Meta(ge=1, le=600)] = 60
    send_status: bool = False

    @property
    def is_there(self) -> bool:
        return self.kind != "none"

    def faults(self) -> Iterator[str]:
        """Each invalid setting, with why, without a full stop."""
        if not self.is_there:
            if self.url:
                yield "kind: must be https or webdav where there is a url"
            return
        if fault := _url_fault(self.url):
            yield f"url: {fault}"
        if self.kind == "webdav" and self.send_status:
            yield "send_status: a WebDAV folder is no office; set kind to https or this to false"
        if self.kind == "webdav" and self.method == "POST":
            yield "method: a WebDAV folder takes PUT only"
        if ":" in self.user or not self.user.isprintable():
            yield "user: a name has no colon and no control characters"
        for name, path in (("secret_file", self.secret_file), ("ca_file", self.ca_file)):
            if not path.startswith("/") and (path or name == "secret_file"):
                yield f"{name}: must be a whole path such as {USUAL_SECRET}, not {path!r}"


def _url_fault(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return f"{url!r} is no address"
    if parts.scheme != "https" or not parts.hostname:
        return "must be an address such as https://stadt.example/radhaus: nothing goes unencrypted"
    if parts.username is not None:
        return "must carry no name or password: they belong into user and secret_file"
    if parts.query or parts.fragment or not url.isascii() or not url.isprintable() or " " in url:
        return "must end with its path, in plain letters: without ?, #, blanks and umlauts"
    return None

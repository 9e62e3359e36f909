"""TLS certificate errors in words: which certificate a server shows, and why it is not accepted."""

from __future__ import annotations

import ssl
from contextlib import suppress
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from kiosk.export.errors import ExportError

if TYPE_CHECKING:
    from urllib3.util import Url

_LOOK_S = 10.0
_UNKNOWN_AUTHORITY = (
    "comes from an authority that this machine does not know; name the authority's certificate"
    " as ca_file under [upload] in config.toml, if this is your server"
)
_REASONS = {  # by OpenSSL's X509_V_ERR_*
    9: "is not valid yet; compare this machine's clock ('timedatectl') with the dates",
    10: "has expired; the server's operator has to renew it",
    18: _UNKNOWN_AUTHORITY,
    19: _UNKNOWN_AUTHORITY,
    20: _UNKNOWN_AUTHORITY,
    21: _UNKNOWN_AUTHORITY,
    62: "is for another name; correct url under [upload] in config.toml, or the certificate",
    64: "is for another address; correct url under [upload] in config.toml, or the certificate",
}


class CertificateRefused(ExportError):
    """The server could not prove who it is: nothing was sent, not even the token."""


def certificate_error(url: Url, error: ssl.SSLCertVerificationError) -> CertificateRefused:
    """The error for a certificate that was not accepted."""
    reason = _REASONS.get(error.verify_code, f"is not accepted: {error.verify_message}")
    return CertificateRefused(f"{url.scheme}://{url.netloc}", f"{_shown_by(url)} {reason}")


def _shown_by(url: Url) -> str:
    """The certificate in words. Asks the server again, unverified, and tells it nothing."""
    with suppress(OSError, ValueError):
        address = str(url.host).strip("[]"), url.port or 443
        shown = ssl.get_server_certificate(address, timeout=_LOOK_S)
        return f"its certificate ({_in_words(x509.load_pem_x509_certificate(shown.encode()))})"
    return "its certificate"


def _in_words(shown: x509.Certificate) -> str:
    days = f"{shown.not_valid_before_utc:%Y-%m-%d} to {shown.not_valid_after_utc:%Y-%m-%d}"
    mark = shown.fingerprint(SHA256()).hex(":")[:23]
    return f"for {_name(shown.subject)} by {_name(shown.issuer)}, {days}, SHA-256 {mark}…"


def _name(name: x509.Name) -> str:
    """What a stranger wrote there goes into a line of the shell: letters only."""
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for part in name.get_attributes_for_oid(kind):
            return "".join(c for c in str(part.value) if c.isprintable())[:80]
    return "nobody"

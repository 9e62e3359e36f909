"""TLS contexts of a server, from PEM in memory or from the operator's files."""

from __future__ import annotations

import os
import ssl
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from kiosk.domain.errors import KioskError

_REMEDY: Final = "Mend tls_certificate and tls_key under [console] in config.toml."


class CertificateUnusable(KioskError):
    """The certificate or key that the operator named cannot be used."""

    remedy = _REMEDY

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path} {reason}. {_REMEDY}")


def context_from_pem(pem: bytes) -> ssl.SSLContext:
    """The context of a key and its certificates. The key touches no disk."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    with os.fdopen(os.memfd_create("tls"), "wb") as file:
        file.write(pem)
        file.flush()
        context.load_cert_chain(f"/proc/self/fd/{file.fileno()}")
    return context


def read_given(certificate: str, key: str) -> tuple[x509.Certificate, bytes]:
    """The operator's certificate, and all of its PEM. Raises `CertificateUnusable`."""
    chain_pem, key_pem = _read(Path(certificate)), _read(Path(key))
    try:
        first = x509.load_pem_x509_certificates(chain_pem)[0]
    except ValueError:
        raise CertificateUnusable(Path(certificate), "holds no certificate as PEM") from None
    try:
        fits = load_pem_private_key(key_pem, password=None).public_key() == first.public_key()
    except TypeError:
        raise CertificateUnusable(
            Path(key), "is encrypted, and a service asks for no passphrase"
        ) from None
    except ValueError:
        raise CertificateUnusable(Path(key), "holds no private key as PEM") from None
    if not fits:
        raise CertificateUnusable(Path(key), f"is not the key of {certificate}")
    return first, key_pem + b"\n" + chain_pem


def given_context(certificate: str, key: str) -> ssl.SSLContext:
    """The context of the operator's certificate. Raises `CertificateUnusable`."""
    _, pem = read_given(certificate, key)
    try:
        return context_from_pem(pem)
    except ssl.SSLError as error:  # a key that OpenSSL finds too short, for instance
        reason = f"is not accepted: {error.reason}"
        raise CertificateUnusable(Path(certificate), reason) from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = f"cannot be read: {(error.strerror or 'no reason given').lower()}"
        raise CertificateUnusable(path, reason) from error

"""A certificate authority of our own, as a city has one."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

HOST = "127.0.0.1"
NAME = "Stadt Größenwahn CA"
_DAY = timedelta(days=1)
# Without it Python 3.13 takes a certificate for none of an authority.
_SIGNS = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


@dataclass(frozen=True)
class Authority:
    """Issues certificates of servers; its own is what a box is given as ca_file."""

    folder: Path
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @property
    def ca_file(self) -> Path:
        path = self.folder / "ca.pem"
        if not path.exists():
            path.write_bytes(self._issue(NAME, self.key).public_bytes(Encoding.PEM))
        return path

    def server(
        self, name: str = HOST, first: timedelta = -_DAY, last: timedelta = 30 * _DAY
    ) -> tuple[Path, Path]:
        """Certificate and key of a server, valid from and until so long from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        kept = self.folder / f"{name}_{first.days}_{last.days}.pem"
        kept.write_bytes(self._issue(name, key, first, last).public_bytes(Encoding.PEM))
        secret = kept.with_suffix(".key")
        secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return kept, secret

    def _issue(
        self,
        name: str,
        key: ec.EllipticCurvePrivateKey,
        first: timedelta = -_DAY,
        last: timedelta = 30 * _DAY,
    ) -> x509.Certificate:
        now, ours = datetime.now(UTC), key is self.key
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + first)
            .not_valid_after(now + last)
            .add_extension(x509.BasicConstraints(ca=ours, path_length=None), critical=True)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
                critical=False,
            )
        )
        if ours:
            builder = builder.add_extension(_SIGNS, critical=True)
        else:
            builder = builder.add_extension(
                x509.SubjectAlternativeName([_alternative(name)]), critical=False
            )
        return builder.sign(self.key, hashes.SHA256())

    def context(self, name: str = HOST) -> ssl.SSLContext:
        """TLS of a server in this process."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self.server(name))
        return context


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)

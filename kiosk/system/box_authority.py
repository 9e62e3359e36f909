"""Certificate authority of this box: each laptop trusts it once, and it signs the console's names.

Name constraints let it sign for this box and private addresses alone, so that its key, should it be
stolen, opens no other site. The key never changes; what it signs is made anew as names change.
"""

from __future__ import annotations

import os
import pwd
import re
import socket
import stat
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Final, TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kiosk.domain.errors import KioskError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kiosk.system.paths import Paths

Span: TypeAlias = tuple[datetime, datetime]

ALWAYS: Final[Span] = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2049, 12, 31, tzinfo=UTC))
"""Whatever the clock of a box without a battery says when it starts."""

LOCAL_DOMAINS: Final = ("local", "lan", "internal", "home.arpa", "localhost")
"""Names in them belong to no stranger, nor do names without a dot."""

_PRIVATE: Final = tuple(
    map(
        ip_network,
        (
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "169.254.0.0/16",
            "127.0.0.0/8",
            "fc00::/7",
            "fe80::/10",
            "::1/128",
        ),
    )
)
CONSOLE_USER: Final = "kiosk-console"

_HOST_NAME: Final = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_LONGEST_COMMON_NAME: Final = 64


class AuthorityUnusable(KioskError):
    """The authority's files cannot be read or written."""

    def __init__(self, error: OSError) -> None:
        super().__init__(
            f"The certificate of this box, {error.filename}: {error.strerror}."
            " It must belong to the user of the console; delete it, and the console makes a new one"
            " that each laptop has to trust again."
        )


@dataclass(frozen=True, slots=True)
class Authority:
    """Certificate and key of the authority."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def issue(self, names: Iterable[str], span: Span) -> bytes:
        """Key and certificate of a server for those of the names that may be signed, as PEM."""
        key = ec.generate_private_key(ec.SECP256R1())
        signed = [general_name(name) for name in names if covers(self.certificate, name)]
        certificate = (
            _builder(_subject(host_name()), self.certificate.subject, key, span)
            .add_extension(x509.SubjectAlternativeName(signed), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_key_usage(signs_certificates=False), critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
                critical=False,
            )
            .sign(self.key, hashes.SHA256())
        )
        chain = b"".join(
            each.public_bytes(Encoding.PEM) for each in (certificate, self.certificate)
        )
        return _pem_of_key(key) + chain


def host_name() -> str:
    """What the machine is called, if that can stand in a certificate."""
    name = socket.gethostname().lower()
    return name if _HOST_NAME.fullmatch(name) else "localhost"


def names_of_box() -> list[str]:
    """The names by which a machine of that host name is asked for on a local network."""
    own = host_name()
    return [own, f"{own.partition('.')[0]}.local", "localhost", "127.0.0.1", "::1"]


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate, as browsers show it."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def covers(authority: x509.Certificate, name: str) -> bool:
    """Whether the authority may sign for a name or address."""
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    wanted = general_name(name)
    return any(_lies_in(wanted, limit) for limit in limits.permitted_subtrees or ())


def _lies_in(wanted: x509.DNSName | x509.IPAddress, limit: x509.GeneralName) -> bool:
    if isinstance(wanted, x509.IPAddress):
        network = limit.value if isinstance(limit, x509.IPAddress) else None
        return isinstance(network, IPv4Network | IPv6Network) and wanted.value in network
    return isinstance(limit, x509.DNSName) and f".{wanted.value}".endswith(f".{limit.value}")


def open_authority(paths: Paths, names: Iterable[str]) -> Authority:
    """The authority of a box, made where there is none that works. Raises `AuthorityUnusable`.

    `names` are names beside those of the machine for which it may sign.
    """
    try:
        return _load(paths) or _create(paths, names)
    except OSError as error:
        raise AuthorityUnusable(error) from error


def load_certificate(paths: Paths) -> x509.Certificate:
    """The authority's certificate alone. Raises `OSError`, and `ValueError` when it is damaged."""
    return x509.load_pem_x509_certificate(paths.authority_certificate.read_bytes())


def general_name(name: str) -> x509.DNSName | x509.IPAddress:
    address = _address(name)
    return x509.DNSName(name) if address is None else x509.IPAddress(address)


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None


def _load(paths: Paths) -> Authority | None:
    try:
        certificate = load_certificate(paths)
        key = load_pem_private_key(paths.authority_key.read_bytes(), password=None)
    except (FileNotFoundError, ValueError, TypeError):
        return None
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        return None
    return Authority(certificate, key) if key.public_key() == certificate.public_key() else None


def _create(paths: Paths, names: Iterable[str]) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _subject(f"Radhaus {host_name()}")
    certificate = (
        _builder(subject, subject, key, ALWAYS)
        .add_extension(_constraints(names), critical=True)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    if not paths.tls.is_dir():
        _make_folder(paths.tls)
    paths.authority_certificate.unlink(missing_ok=True)  # that of no other key
    _write(paths.authority_key, _pem_of_key(key), 0o600)
    _write(paths.authority_certificate, certificate.public_bytes(Encoding.PEM), 0o640)
    return Authority(certificate, key)


def _constraints(names: Iterable[str]) -> x509.NameConstraints:
    dotted = {host_name(), *LOCAL_DOMAINS, *(name for name in names if _address(name) is None)}
    networks: list[IPv4Network | IPv6Network] = [
        *_PRIVATE,
        *(ip_network(name) for name in names if _address(name) is not None),
    ]
    permitted = [*map(x509.DNSName, sorted(dotted)), *map(x509.IPAddress, networks)]
    return x509.NameConstraints(permitted_subtrees=permitted, excluded_subtrees=None)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, span: Span
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(span[0])
        .not_valid_after(span[1])
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _subject(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:_LONGEST_COMMON_NAME])])


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem_of_key(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _make_folder(folder: Path) -> None:
    """That of the console's user where services have users of their own, as tmpfiles.d has it."""
    folder.mkdir(parents=True, mode=0o750)
    if os.geteuid() == 0 and folder.parent.stat().st_mode & stat.S_ISGID:
        with suppress(KeyError):
            os.chown(folder, pwd.getpwnam(CONSOLE_USER).pw_uid, -1)


def _write(path: Path, content: bytes, mode: int) -> None:
    """In one go, and for the owner of the folder: `sudo kiosk init` makes it for the console."""
    owner = path.parent.stat().st_uid
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    with os.fdopen(handle, "wb") as file:
        os.fchmod(handle, mode)  # whatever the umask says
        if os.geteuid() == 0:
            os.fchown(handle, owner, -1)
        file.write(content)
        file.flush()
        os.fsync(handle)
    unfinished.replace(path)

"""Ed25519 signing key of the box: generated once, stored in its database, never again.

A process that closes a period writes the database and signs with the key: so both are guarded by
the same rights, and a backup of one is a backup of the other (docs/decisions/0022-signing-key.md).
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.domain.errors import KioskError
from kiosk.store import key_values

if TYPE_CHECKING:
    from kiosk.store.database import Connection

_KEY: Final = "signing_key"
_KEY_BYTES: Final = 32


class SigningKeyDamaged(KioskError):
    """What stands in the database is no key."""

    def __init__(self) -> None:
        super().__init__(
            "The signing key of this box is damaged, so nothing can be signed or checked:"
            " keep the file, and put the last backup back: docs/technicians.md, Backup."
        )


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Public half of a box's key, which checks its signatures."""

    key: Ed25519PublicKey

    @classmethod
    def from_pem(cls, pem: bytes) -> PublicKey:
        """Read what `pem` gave. Raises `ValueError`."""
        try:
            key = serialization.load_pem_public_key(pem)
        except UnsupportedAlgorithm as error:
            raise ValueError(str(error)) from None
        if not isinstance(key, Ed25519PublicKey):
            raise ValueError("not an Ed25519 key")  # noqa: TRY004 - the file's content is wrong
        return cls(key)

    @property
    def pem(self) -> bytes:
        """As openssl reads it."""
        return self._encoded(serialization.Encoding.PEM)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the key in DER, in hexadecimal: what two people compare."""
        return hashlib.sha256(self._encoded(serialization.Encoding.DER)).hexdigest()

    def _encoded(self, encoding: serialization.Encoding) -> bytes:
        return self.key.public_bytes(encoding, serialization.PublicFormat.SubjectPublicKeyInfo)

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether the key's owner has signed this message."""
        try:
            self.key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


class SigningKey:
    """Signs as this box: the same message has the same signature each time."""

    def __init__(self, secret: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(secret)

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)

    @cached_property
    def public(self) -> PublicKey:
        return PublicKey(self._key.public_key())


def find_signing_key(connection: Connection) -> SigningKey | None:
    """The key of this box; None where none was made yet. Raises `SigningKeyDamaged`."""
    stored = key_values.get(connection, _KEY)
    if stored is None:
        return None
    try:
        return SigningKey(bytes.fromhex(stored))
    except (ValueError, TypeError):
        raise SigningKeyDamaged from None


def make_signing_key(connection: Connection) -> SigningKey:
    """Make the key, in a write transaction; a second call finds the first one's."""
    if key := find_signing_key(connection):
        return key
    secret = secrets.token_bytes(_KEY_BYTES)
    key_values.put(connection, _KEY, secret.hex())
    return SigningKey(secret)

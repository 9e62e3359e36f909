"""Opaque ids of public events: the journal's, encrypted, since gaps between them tell of others.

A ticket whose topic runs out, or who has an appointment, leaves one entry more than others do.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

_ID_BYTES = 8


class EventIds:
    """Seals journal ids: the same one the same way each time, over restarts of the console too."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESSIV(hashlib.blake2b(key, digest_size=32, person=b"event ids").digest())

    def seal(self, entry: int) -> str:
        """The public id of a journal entry."""
        return urlsafe_b64encode(self._cipher.encrypt(entry.to_bytes(_ID_BYTES), None)).decode()

    def unseal(self, text: str) -> int | None:
        """The journal entry of a public id; None for one that this box has not given."""
        try:
            return int.from_bytes(self._cipher.decrypt(urlsafe_b64decode(text), None))
        except (ValueError, InvalidTag):
            return None

"""`MANIFEST.sha256`: digests of a package's files, and its place in the chain of packages.

It is what `sha256sum -c` reads, to which the lines with `#` are comments.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MANIFEST: Final = "MANIFEST.sha256"
SIGNATURE: Final = "MANIFEST.sha256.sig"
PUBLIC_KEY: Final = "public_key.pem"
ENTRY: Final = "ledger_entry.json"

_FORMAT: Final = "# Radhaus package, format 1"
_NONE: Final = "none"
_FACT = re.compile(r"# ([a-z]+): ([A-Za-z0-9._-]+)")
_LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._-]*)")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_FACTS: Final = ("package", "device", "period", "sequence", "digest", "previous")


@dataclass(frozen=True, slots=True)
class PackageManifest:
    """The digests of the files, and which package of which box this is.

    `digest` stands for the package: that of its entry in the ledger, which covers all entries
    before. It stays the same when a later version makes other files from the same entry.
    `previous` is the digest of the package before, None for the first.
    """

    package: str
    device: str
    period: str
    sequence: int
    digest: str
    previous: str | None
    files: Mapping[str, str]

    def encode(self) -> bytes:
        facts = (
            self.package,
            self.device,
            self.period,
            self.sequence,
            self.digest,
            self.previous or _NONE,
        )
        lines = [
            _FORMAT,
            *(f"# {name}: {fact}" for name, fact in zip(_FACTS, facts, strict=True)),
            *(f"{digest}  {name}" for name, digest in sorted(self.files.items())),
        ]
        return "".join(f"{line}\n" for line in lines).encode()

    @classmethod
    def decode(cls, content: bytes) -> PackageManifest:
        """Read what `encode` wrote, and nothing else. Raises `ValueError`."""
        first, *lines = content.decode().removesuffix("\n").split("\n")
        facts = dict(_pair(_FACT, line) for line in lines[: len(_FACTS)])
        digests = [_pair(_LINE, line) for line in lines[len(_FACTS) :]]
        if first != _FORMAT or tuple(facts) != _FACTS:
            raise ValueError("not a manifest of this format")
        previous = None if facts["previous"] == _NONE else facts["previous"]
        found = cls(
            package=facts["package"],
            device=facts["device"],
            period=facts["period"],
            sequence=int(facts["sequence"]),
            digest=facts["digest"],
            previous=previous,
            files={name: digest for digest, name in digests},
        )
        named = [found.digest] if previous is None else [found.digest, previous]
        if not all(_DIGEST.fullmatch(digest) for digest in named):
            raise ValueError("not a digest")
        if found.sequence < 1 or found.encode() != content:
            raise ValueError("not written as this program writes it")
        return found


def file_digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def _pair(pattern: re.Pattern[str], line: str) -> tuple[str, str]:
    if found := pattern.fullmatch(line):
        return found[1], found[2]
    raise ValueError(f"unexpected: {line[:80]!r}")

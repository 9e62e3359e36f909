"""An advice offer as a vCard, which a phone reads from a QR code without internet."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.domain.directory import AdviceOffer

MOST_BYTES: Final = 500
"""A code of 85 modules, the largest that paper of 58 mm has at 4 dots a module, carries 504."""

_LONGEST_NAME_CHARS = (80, 40)
_ALLOWED = "\n\u200c\u200d"
"""Line breaks, and the zero-width characters that Persian and Kurdish spelling needs."""
_ESCAPED = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})


def contact_card(offer: AdviceOffer, note: str = "", most_bytes: int = MOST_BYTES) -> str:
    """The vCard of an offer; of what is too long the least needed is left out, the name last.

    vCard 3.0 and not MECARD, though 40 bytes longer: MECARD knows people alone and has no standard,
    while the address books of both Android and iPhone take in a vCard whole. Some read the name
    from `N`, others from `FN`. `note` may have several lines.
    """
    cards = [_card(lines) for lines in _ever_shorter(offer, note)]
    return next((card for card in cards if len(card.encode()) <= most_bytes), cards[-1])


def _ever_shorter(offer: AdviceOffer, note: str) -> Iterator[list[str]]:
    more = [
        _line("TEL:", offer.phone),
        _line("ADR:;;", offer.address, ";;;;"),
        _line("URL:", offer.website, escaped=False),
        _line("EMAIL:", offer.email),
        _line("NOTE:", note),
    ]
    for kept in range(len(more), -1, -1):
        yield [*_name(offer, _LONGEST_NAME_CHARS[0]), *filter(None, more[:kept])]
    yield _name(offer, _LONGEST_NAME_CHARS[1])


def _name(offer: AdviceOffer, longest_chars: int) -> list[str]:
    name = offer.name[:longest_chars].rstrip()
    return [_line("N:", name, ";;;;"), _line("FN:", name)]


def _line(begin: str, value: str, end: str = "", *, escaped: bool = True) -> str:
    """Empty for an empty value. A web address is no text: its signs stand for themselves."""
    seen = "".join(c for c in value if c in _ALLOWED or unicodedata.category(c) not in {"Cc", "Cf"})
    shown = seen.strip().translate(_ESCAPED) if escaped else "".join(seen.split())
    return f"{begin}{shown}{end}" if shown else ""


def _card(lines: list[str]) -> str:
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""])

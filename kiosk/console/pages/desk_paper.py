"""State of a person's slip, in words for staff."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hardware.trouble import Trouble
from kiosk.devices.kinds import words_of
from kiosk.domain.errors import Unknown
from kiosk.domain.ticket import ENDED
from kiosk.service.paper import NoPaper
from kiosk.service.slips import slips_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.domain.ticket import Ticket
    from kiosk.service.office import Snapshot
    from kiosk.store.copies import Copy
    from kiosk.store.slips import SlipState

_SLIP: Final[Mapping[SlipState, str]] = {
    "wanted": "Zettel wird gedruckt",
    "begun": "Zettel wird gedruckt",
    "printed": "Zettel gedruckt",
    "failed": "Zettel nicht gedruckt",
}
_COPY: Final[Mapping[SlipState, str]] = {
    "wanted": "Kopie wird gedruckt",
    "begun": "Kopie wird gedruckt",
    "printed": "Kopie gedruckt",
}
_REASONS: Final[Mapping[str, str]] = {
    NoPaper.NO_PRINTER: "kein Drucker",
    NoPaper.UNCONFIRMED: "vielleicht doch herausgekommen",
    NoPaper.TOO_LATE: "Drucker war zu lange nicht bereit",
    NoPaper.TICKET_ENDED: "Nummer war schon abgeschlossen",
    NoPaper.PROFILE_CHANGED: "Profil wurde geändert",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """`words` is what became of it; `usual` that it needs no notice.

    `again` says that it may be asked for once more.
    """

    words: str
    usual: bool
    again: bool


def paper_of(snapshot: Snapshot, ticket: Ticket) -> Paper | None:
    """None for a service that prints nothing, and when the ticket has gone meanwhile."""
    if not snapshot.profile.has("printer"):
        return None
    try:
        found = slips_of(snapshot, ticket.id)
    except Unknown:
        return None
    first = "Auf dem Handy gezogen, ohne Zettel" if ticket.by_phone else _SLIP[found.slip]
    words = _copy(found.copies[-1]) if found.copies else first
    usual = not found.copies and found.slip != "failed"
    return Paper(words, usual, again=ticket.state not in ENDED)


def _copy(copy: Copy) -> str:
    if copy.state == "failed":
        return f"Kopie nicht gedruckt ({_reason(copy.trouble or Trouble.FAULT)})"
    return _COPY[copy.state]


def _reason(reason: str) -> str:
    return _REASONS.get(reason) or f"Drucker: {words_of('printer', Trouble(reason)).short}"

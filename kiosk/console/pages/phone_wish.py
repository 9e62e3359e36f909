"""The wish of a phone: the address that leads to one number, and shows whose it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from kiosk.service import citizens

if TYPE_CHECKING:
    from kiosk.console.http.context import ConsoleContext
    from kiosk.domain.ticket import Ticket

_WISH: Final = re.compile(r"[A-Za-z0-9_-]{16}")
_OF_PHONE: Final = "phone:"
"""No wish of a glass or a program begins so: none of theirs is opened here."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish of a phone, as the address has it."""

    name: str

    @property
    def key(self) -> str:
        """What the ticket keeps of it."""
        return f"{_OF_PHONE}{self.name}"

    @property
    def address(self) -> str:
        """Where its number stands."""
        return f"/n/{self.name}"

    def leads_to(self, place: str = "", **query: str) -> Redirect:
        """Lead the phone on to a page below the wish."""
        return Redirect(f"{self.address}{place}", query_params=query or None, status_code=303)


def valid_wish(context: ConsoleContext, name: str) -> Wish:
    """The wish of that name. Raises `NotFoundException`, also where phones draw no numbers."""
    if not context.office.profile.numbers_by_phone or not _WISH.fullmatch(name):
        raise NotFoundException
    return Wish(name)


def held_ticket(context: ConsoleContext, wish: Wish) -> Ticket | None:
    """The ticket that the wish has led to, while its visit is open."""
    taken = context.office.read(citizens.ticket_for_wish, wish.key, context.now())
    return taken.ticket if taken else None

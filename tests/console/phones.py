"""Phones that draw numbers, as programs: without a script and without cookies."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tests.town import JOBS, TOWN

if TYPE_CHECKING:
    import httpx

    from kiosk.domain.ticket import Ticket
    from tests.console.box import Box

PHONES: Final = replace(TOWN, numbers_by_phone=True, bus_network="http://10.42.0.1:8080")


def wish_of(phone: httpx.Client) -> str:
    """The address that a phone gets behind the code at the door."""
    return phone.get("/n").headers["location"]


def draw(
    phone: httpx.Client, wish: str, topic: str = JOBS, language: str = "tr", **headers: str
) -> httpx.Response:
    return phone.post(f"{wish}/in/{language}", data={"topic": topic}, headers=headers)


def refused(answer: httpx.Response) -> str:
    found = re.search(r"no=([a-z_]+)", answer.headers["location"])
    return found[1] if found else ""


def drawn(bus: Box) -> list[Ticket]:
    return list(bus.office.read(lambda snapshot: snapshot.tickets))

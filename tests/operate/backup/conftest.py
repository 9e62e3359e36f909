"""A box in the middle of its day, with an operator who has a key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from pyrage import x25519

from kiosk.service import citizens, visits
from kiosk.service.queue_view import queue_view
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from tests.prepared import new_device

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.service.access import Secrets
    from kiosk.wiring.box import Kiosk

TOPIC = "wohngeld"


@dataclass(frozen=True, slots=True)
class Bus:
    """A box whose visit is open, and the operator's key file."""

    paths: Paths
    key: Path
    recipient: str
    secrets: Secrets

    def opened(self) -> Kiosk:
        return open_kiosk(self.paths)

    def take(self) -> str:
        """A citizen's number."""
        box = self.opened()
        request = citizens.TicketRequest(TOPIC, "de")
        number = citizens.take_ticket(box.office, request, box.now()).ticket.number
        box.office.database.close()
        return number


def numbers(paths: Paths) -> list[str]:
    """The numbers that a data folder knows."""
    box = open_kiosk(paths)
    try:
        return [ticket.number for ticket in box.office.read(queue_view).tickets]
    finally:
        box.office.database.close()


def profile_of(paths: Paths) -> str:
    box = open_kiosk(paths)
    box.office.database.close()
    return box.office.profile.id


def set_recipient(paths: Paths, recipient: str) -> None:
    text = paths.config.read_text(encoding="utf-8")
    paths.config.write_text(text.replace('recipient = ""', f'recipient = "{recipient}"'))


def write_key(path: Path) -> str:
    """A key as age-keygen writes it; its public part."""
    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    path.write_text(f"# created: 2026-11-22T09:00:00Z\n# public key: {public}\n{identity}\n")
    return public


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    paths, key = Paths(tmp_path / "data"), tmp_path / "key.txt"
    secrets, recipient = new_device(paths), write_key(key)
    set_recipient(paths, recipient)
    box = open_kiosk(paths)
    visits.open_visit(box.office, None, None, box.now())
    box.office.database.close()
    return Bus(paths, key, recipient, secrets)

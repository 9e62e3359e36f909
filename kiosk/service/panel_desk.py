"""What the panel remembers: how far it has told the journal to the wires, and how the wires are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.service.queue_view import device_states
from kiosk.store import followers, journal

if TYPE_CHECKING:
    from kiosk.domain.events import DeviceChanged
    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office

_FOLLOWER = "panel"


def place_in_journal(office: Office) -> int:
    """The last entry that the panel has dealt with; on a new device the newest there is."""
    with office.database.read() as connection:
        place = followers.place(connection, _FOLLOWER)
        return journal.newest(connection) if place is None else place


def keep_place(office: Office, entry: int) -> None:
    """Say how far the panel has come. Before it is heard: a call is rather lost than repeated."""
    with office.database.write() as connection:
        followers.keep_place(connection, _FOLLOWER, entry)


def device_changed(office: Office, state: DeviceChanged, now: Moment) -> None:
    """Write down how a device is, if that is news since this machine was started."""
    if device_states(office, now).get(state.device) != state:
        with office.database.write() as connection:
            journal.append(connection, state, now, visit=None)

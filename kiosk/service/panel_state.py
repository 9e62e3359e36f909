"""Persistent state of the panel: journal position, settings, device reports, pressed keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.device_events import KeyPressed
from kiosk.service.queue_view import device_states
from kiosk.store import followers, journal, key_values, visits

if TYPE_CHECKING:
    from collections.abc import Collection

    from kiosk.domain.device_events import DeviceChanged
    from kiosk.domain.keys import Key
    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office, Snapshot

_FOLLOWER = "panel"
_SETTINGS = "panel_settings"

_MOST_KEYS = 8
"""More than are pressed between two looks of the glass, too few to tell what was chosen."""


def journal_position(snapshot: Snapshot) -> int:
    """The last entry that the panel has dealt with; on a new device the newest there is."""
    cursor = followers.cursor(snapshot.connection, _FOLLOWER)
    return journal.newest(snapshot.connection) if cursor is None else cursor


def save_journal_position(office: Office, entry: int) -> None:
    """Say how far the panel has come. Before it is heard: a call is rather lost than repeated.

    When the power goes it may be forgotten: calls from before are not heard again, being too old.
    """
    with office.database.write(synced=False) as connection:
        followers.save_cursor(connection, _FOLLOWER, entry)


def save_settings(office: Office, settings: str, devices: Collection[str]) -> None:
    """Say with which settings of which devices the panel works from now on."""
    with office.database.write() as connection:
        key_values.put(connection, _SETTINGS, settings)
        journal.forget_devices_except(connection, devices)


def active_settings(snapshot: Snapshot) -> str | None:
    """The settings with which the panel was last started, if it ever was."""
    return key_values.get(snapshot.connection, _SETTINGS)


def device_changed(office: Office, state: DeviceChanged, now: Moment) -> None:
    """Write down how a device is, if that is news since this machine was started."""
    if office.read(device_states, now).get(state.device) != state:
        with office.database.write(synced=False) as connection:  # told anew at each start
            journal.append(connection, state, now, visit=None)


def press_key(office: Office, key: Key, now: Moment) -> None:
    """Tell the glass a key. The journal keeps the last few only: they would tell who chose what."""
    with office.database.write(synced=False) as connection:
        visit = visits.current(connection)
        journal.append(connection, KeyPressed(key), now, visit.id if visit else None)
        journal.keep_last_of(connection, KeyPressed, _MOST_KEYS)

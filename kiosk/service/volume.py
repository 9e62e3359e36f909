"""Volume of the calls: stored over restarts, changed by staff, keys and configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.device_events import SampleRequested, VolumeChanged
from kiosk.domain.volume import DEFAULT_PERCENT, clamp_volume, step_volume
from kiosk.store import journal, key_values

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office, Snapshot
    from kiosk.store.database import Connection

_CHOSEN = "volume_percent"
_CONFIGURED = "configured_volume_percent"


def percent(snapshot: Snapshot) -> int:
    """The chosen volume, 10 to 100."""
    return _chosen(snapshot.connection)


def change(office: Office, steps: int, now: Moment) -> int:
    """Make it so many steps of 10 % louder, or softer when negative; answers the new volume."""
    return _choose(office, now, lambda before: step_volume(before, steps))


def choose(office: Office, wanted: int, now: Moment) -> int:
    """Set it, within 10 to 100; answers the new volume."""
    return _choose(office, now, lambda _: clamp_volume(wanted))


def apply_configured(office: Office, configured: int, now: Moment) -> None:
    """Use the volume of config.toml if a technician has changed it since the last start.

    Otherwise what staff have chosen stays.
    """
    with office.database.write() as connection:
        if key_values.get(connection, _CONFIGURED) == str(configured):
            return
        key_values.put(connection, _CONFIGURED, str(configured))
        _keep(connection, clamp_volume(configured), now)


def play_sample(office: Office, now: Moment) -> None:
    """Let the panel ring and speak, to hear how loud it is."""
    with office.database.write() as connection:
        journal.append(connection, SampleRequested(), now, visit=None)


def _choose(office: Office, now: Moment, choice: Callable[[int], int]) -> int:
    with office.database.write() as connection:
        chosen = choice(_chosen(connection))
        _keep(connection, chosen, now)
    return chosen


def _keep(connection: Connection, chosen: int, now: Moment) -> None:
    if chosen != _chosen(connection):
        key_values.put(connection, _CHOSEN, str(chosen))
        journal.append(connection, VolumeChanged(chosen), now, visit=None)


def _chosen(connection: Connection) -> int:
    stored = key_values.get(connection, _CHOSEN)
    return int(stored) if stored else DEFAULT_PERCENT

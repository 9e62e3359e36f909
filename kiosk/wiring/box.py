"""Opens a box: configuration, profile and database."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from kiosk.service.office import Office
from kiosk.service.orphans import with_orphans
from kiosk.settings import config, profiles
from kiosk.settings.config.permissions import writable_by
from kiosk.settings.phone_pages import as_reached
from kiosk.store.database import Database
from kiosk.store.errors import StoreError
from kiosk.store.replacement import finish_replacement
from kiosk.system import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.moment import Moment
    from kiosk.settings.config import Config
    from kiosk.system.paths import Paths

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kiosk:
    """An opened box: its files, its settings, its office and its clock."""

    paths: Paths
    config: Config
    office: Office
    now: Callable[[], Moment]


def open_kiosk(paths: Paths) -> Kiosk:
    """Open a device that `kiosk init` has created. Raises `KioskError` in one sentence."""
    finish_replacement(paths)
    settings = config.load_config(paths.config)
    if others := writable_by(paths.config):
        _log.warning("%s can be changed by %s; see 'kiosk doctor'.", paths.config, others)
    profile = as_reached(settings, profiles.load_profile(settings.profile))
    absent = {*profile.without, *settings.devices.absent}
    profile = replace(profile, without=tuple(sorted(absent)))
    now = partial(clock.now, trust_always=settings.trust_always)
    database = Database.open(paths.database)
    with suppress(StoreError):  # the first use case that needs it reports that
        profile = with_orphans(profile, database)
    return Kiosk(paths, settings, Office(database, profile), now)

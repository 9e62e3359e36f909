"""The one place where the parts are put together; the only module that picks concrete drivers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kiosk import clock, config, profiles
from kiosk.service.office import Office
from kiosk.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.config import Config
    from kiosk.domain.moment import Moment
    from kiosk.paths import Paths


@dataclass(frozen=True, slots=True)
class Kiosk:
    """An opened device: its files, its settings, its office and its clock."""

    paths: Paths
    config: Config
    office: Office
    now: Callable[[], Moment]


def open_kiosk(paths: Paths) -> Kiosk:
    """Open a device that `kiosk init` has created. Raises `KioskError` in one sentence."""
    settings = config.load(paths.config)
    profile = profiles.load(settings.profile)
    now = partial(clock.now, trust_always=settings.trust_always)
    return Kiosk(paths, settings, Office(Database.open(paths.database), profile), now)

"""Context of one glass process: its name, office, clock, folders and the devices beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office
    from kiosk.system.paths import Paths
    from kiosk.touch.content.context import StandIns
    from kiosk.touch.screen_reader import VoiceDevices


@dataclass(frozen=True, slots=True)
class GlassProcess:
    """`name` tells several glasses of one bus apart.

    `beside_buttons`: smileys and keys of the box are beside this one. `voice` reads it aloud.
    `phone_pages`: phones can open the pages of tickets. `updating`: an update is being tried.
    """

    name: str
    office: Office
    now: Callable[[], Moment]
    paths: Paths
    stand_ins: StandIns
    printer: bool
    beside_buttons: bool
    phone_pages: bool
    voice: VoiceDevices | None = None
    updating: bool = False

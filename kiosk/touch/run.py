"""Puts the glass together and runs it. Kivy's environment must have been prepared before."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.texts import Texts
from kiosk.touch import divide
from kiosk.touch.app import App
from kiosk.touch.flow import Flow
from kiosk.touch.inspection import Inspection
from kiosk.touch.loop import Loop
from kiosk.touch.memory import Memory
from kiosk.touch.script import Stage
from kiosk.touch.session import Session
from kiosk.touch.theme import Pane
from kiosk.touch.window import open_window

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.moment import Moment
    from kiosk.paths import Paths
    from kiosk.service.office import Office
    from kiosk.touch.script import StandIns


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the glass stands in. `name` tells several glasses of one bus apart.

    `beside_buttons`: smileys and keys of the box are beside this one.
    """

    name: str
    office: Office
    now: Callable[[], Moment]
    paths: Paths
    stand_ins: StandIns
    printer: bool
    beside_buttons: bool


def run_glass(around: Surroundings, pane: Pane) -> None:
    """Serve citizens until told to stop. Raises `NoDisplay`."""
    profile = around.office.profile
    flow = Flow(profile, lambda: uuid.uuid4().hex)
    if profile.directory:
        divide.prepare()
    window = open_window(profile.name)
    width_px, height_px = window.system_size
    real = Pane(width_px, height_px, pane.mm_per_px)
    memory = Memory(around.paths.glass_wish(around.name), around.name)
    session = Session(around.office, around.now, flow, memory)
    stage = Stage(profile, Texts.load(), flow, real, around.stand_ins, around.printer)
    app = App(window, session, stage)
    inspection = Inspection(around.paths.glass_socket(around.name))
    try:
        Loop(app, inspection, around).run()
    finally:
        inspection.close()

"""Puts the glass together and runs it. Kivy's environment must have been prepared before."""

from __future__ import annotations

import uuid

from kiosk.settings.texts import Texts
from kiosk.touch import sdl
from kiosk.touch.app import App
from kiosk.touch.content.context import Stage
from kiosk.touch.drawing.window import open_window
from kiosk.touch.flow.machine import Flow
from kiosk.touch.inspection import Inspection
from kiosk.touch.layout import hyphenation
from kiosk.touch.layout.theme import Pane
from kiosk.touch.loop import Loop, Surroundings
from kiosk.touch.session.pending_wish import Memory
from kiosk.touch.session.session import Session


def run_glass(around: Surroundings, pane: Pane) -> None:
    """Serve citizens until told to stop. Raises `NoDisplay`."""
    profile = around.office.profile
    flow = Flow(profile, lambda: uuid.uuid4().hex)
    if profile.directory:
        hyphenation.prepare()
    window = open_window(profile.name)
    width_px, height_px = window.system_size
    real = Pane(width_px, height_px, pane.mm_per_px)
    memory = Memory(around.paths.glass_wish(around.name), around.name)
    session = Session(around.office, around.now, flow, memory)
    stage = Stage(profile, Texts.load(), flow, real, around.stand_ins, around.printer)
    app = App(window, session, stage)
    inspection = Inspection(around.paths.glass_socket(around.name), sdl.wake)
    try:
        Loop(app, inspection, around).run()
    finally:
        inspection.close()

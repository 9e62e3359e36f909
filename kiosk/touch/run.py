"""Composition root of the glass. Kivy's environment must have been prepared before."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from kiosk.service.used_languages import languages_by_use
from kiosk.settings.texts import Texts
from kiosk.store.errors import StoreError
from kiosk.touch import sdl
from kiosk.touch.app import App
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.drawing.window import open_window
from kiosk.touch.flow.machine import Flow
from kiosk.touch.inspection import Inspection
from kiosk.touch.layout.theme import Pane
from kiosk.touch.loop import Loop
from kiosk.touch.screen_reader import ScreenReader
from kiosk.touch.session.pending_wish import WishFile
from kiosk.touch.session.session import GlassSession

if TYPE_CHECKING:
    from kiosk.domain.ids import LanguageCode
    from kiosk.touch.glass_process import GlassProcess


def run_glass(process: GlassProcess, pane: Pane) -> None:
    """Serve citizens until SIGTERM. Raises `NoDisplay`."""
    profile = process.office.profile
    texts, devices = Texts.load(), process.voice
    voices = _languages_with_voice(process)
    flow = Flow(profile, lambda: uuid.uuid4().hex, voices, process.updating)
    window = open_window(profile.name)
    width_px, height_px = window.size  # as it is seen, however it is turned
    real = Pane(width_px, height_px, pane.mm_per_px)
    wish_file = WishFile(process.paths.glass_wish(process.name), process.name)
    session = GlassSession(process.office, process.now, flow, wish_file)
    used = _languages_by_use(process)
    setup = GlassSetup(
        profile,
        texts,
        flow,
        real,
        process.stand_ins,
        printer=process.printer,
        phone_pages=process.phone_pages,
        used_languages=used,
    )
    voice = ScreenReader(devices, texts) if devices else None
    app = App(window, session, setup, voice)
    window.bind(on_flip=app.glass.count_frame)
    inspection = Inspection(process.paths.glass_socket(process.name), sdl.wake)
    try:
        Loop(app, inspection, process).run()
    finally:
        inspection.close()
        if voice:
            voice.close()


def _languages_by_use(process: GlassProcess) -> tuple[LanguageCode, ...]:
    """As the counts have it; a database that fails just now holds nothing up."""
    try:
        return process.office.read(languages_by_use)
    except StoreError:
        return ()


def _languages_with_voice(process: GlassProcess) -> frozenset[LanguageCode] | None:
    if process.voice is None:
        return None
    languages = process.office.profile.languages
    return frozenset(each for each in languages if process.voice.speech.has_voice(each))

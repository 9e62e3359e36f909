"""The loop of the glass: the window, the journal, the inspection socket and the clock take turns.

Between two turns it sleeps in SDL until a touch, a commit, a request or what is due.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import math
import os
import signal
import threading
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from kiosk.domain.device_events import KeyPressed
from kiosk.domain.events import FeedbackGiven, TicketCalled, TicketRecalled
from kiosk.service.doors import panel_answers
from kiosk.service.follower import SLOW_POLL_S, Follower
from kiosk.service.queue_status import queue_status
from kiosk.store.commit_socket import CommitSocket
from kiosk.store.errors import StoreError
from kiosk.system import systemd
from kiosk.system.heartbeat import Heartbeat
from kiosk.touch import sdl
from kiosk.touch.compositor import compositor_of
from kiosk.touch.drawing.widgets.textures import forget_textures
from kiosk.touch.library_code import LibraryCode
from kiosk.touch.prerender import Prerenderer
from kiosk.touch.session.paper_watch import PaperWatch
from kiosk.touch.session.queue_watch import QueueWatch
from kiosk.touch.waiting_motion import WaitingMotion

if TYPE_CHECKING:
    from kiosk.service.queue_status import QueueStatus
    from kiosk.store.journal import Entry
    from kiosk.touch.app import App
    from kiosk.touch.glass_process import GlassProcess
    from kiosk.touch.inspection import Inspection

_log = logging.getLogger(__name__)

ANSWER_EVERY_S = 0.02
"""How often it looks for an answer that is under way: the office's, or one to the inspection."""

LISTEN_AGAIN_AFTER_S = 60.0
"""How often it is made sure that writers still find the socket: a thread's only work at rest."""

TRY_AGAIN_AFTER_S = 2.0

LOOK_AGAIN_AFTER_S = 60.0
"""How often it is asked what the clock alone changes: a visit left open, the next one planned."""

GC_IDLE_S = 1.0
"""Idle time after which a garbage collection is not noticed."""

GC_AT_OBJECTS = 50_000
"""A screen makes some 6,000: it is collected at rest, and in a touch only where there is none."""

KEY_MAX_AGE_S = 2.0
"""A key that comes later has missed what it was pressed for, and may hit something else."""


class Loop:
    """Runs until SIGTERM or SIGINT."""

    def __init__(self, app: App, inspection: Inspection, process: GlassProcess) -> None:
        self._app, self._inspection, self._process = app, inspection, process
        self._follower: Follower | None = None
        self._shader_compiler = LibraryCode("libLLVM")
        self._paper = PaperWatch(partial(panel_answers, process.office))
        self._queue = QueueWatch(self._read_queue, sdl.wake)
        self._heartbeat = Heartbeat(process.paths, process.name)
        self._motion = WaitingMotion()
        self._ahead = Prerenderer(app)
        self._compositor = compositor_of(os.environ)
        self._stopping = False
        self._voice_trouble: str | None = None
        self._tidied_s = 0.0
        self._last_wish = ""
        self._next_try_s = 0.0
        self._next_look_s = time.monotonic() + LOOK_AGAIN_AFTER_S
        self._next_ping_s = math.inf if systemd.watchdog_interval_s() is None else 0.0

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        threading.Thread(target=self._wake_at_commits, name="commits", daemon=True).start()
        if self._process.voice:
            self._process.voice.headphones.watch(sdl.wake)
        self._follow()
        self._app.session.begin()
        self._app.refresh()
        self._app.frame()
        self._app.settle()
        self._free_garbage()
        gc.freeze()  # what is there now stays: it need not be looked through again
        gc.set_threshold(GC_AT_OBJECTS)
        systemd.ready("The glass can be touched")
        while not self._stopping:
            self._turn()
        systemd.stopping()

    def _turn(self) -> None:
        if sdl.wait(self._rest_s()) or self._app.frame_is_due:
            self._app.frame()
        self._read_journal()
        self._app.session.collect()
        self._check_paper()
        if news := self._queue.poll():
            self._app.session.handle(news)
        self._app.catch_up()
        self._app.glass.move(moved=self._motion.moved(self._app.glass.view, time.monotonic()))
        self._inspection.serve(self._app.answer)
        self._app.check_headphones()
        self._app.check_timeout()
        self._report_voice_trouble()
        self._ahead.step()
        self._free_when_idle()
        self._ping()

    def _rest_s(self) -> float:
        """How long nothing is due."""
        if self._app.frame_is_due:
            return 0.0
        if self._app.session.awaits_office or self._inspection.waits:
            return ANSWER_EVERY_S
        due_s = min(self._app.gives_up_at_s, self._next_ping_s) - time.monotonic()
        return min(due_s, self._queue.rest_s, self._ahead.rest_s, SLOW_POLL_S)

    def _read_queue(self) -> QueueStatus:
        return self._process.office.read(queue_status, self._process.now())

    def _wake_at_commits(self) -> None:
        commits = CommitSocket(self._process.office.database.path)
        while True:
            commits.wait(LISTEN_AGAIN_AFTER_S)
            sdl.wake()

    def _read_journal(self) -> None:
        """Learn what other doors did; in trouble, try now and then whether it is over."""
        if self._follower is None or self._app.in_trouble:
            self._try_again()
            return
        try:
            entries = self._follower.wait(0)
        except StoreError as error:
            self._lose_follower(error)
            return
        for entry in entries:
            self._handle_entry(entry)
        self._refresh_visit()
        self._app.catch_up()

    def _refresh_visit(self) -> None:
        now_s = time.monotonic()
        if now_s >= self._next_look_s and not self._app.session.awaits_office:
            self._next_look_s = now_s + LOOK_AGAIN_AFTER_S
            self._app.session.look_up_visit()

    def _handle_entry(self, entry: Entry) -> None:
        if self._app.voice and isinstance(entry.event, TicketCalled | TicketRecalled):
            self._app.voice.give_way()
        match entry.event:
            case KeyPressed(key=key):
                age_s = self._process.now().seconds_since(entry.moment)
                if self._process.beside_buttons and age_s is not None and age_s <= KEY_MAX_AGE_S:
                    self._app.press(key)
            case FeedbackGiven(on_button=True, thanked=True):
                if self._process.beside_buttons:
                    self._app.thank(entry.event)
            case event:
                self._queue.note_change()
                self._app.session.on_event(event)

    def _follow(self) -> None:
        try:
            self._follower = Follower(self._process.office.database)
        except StoreError as error:
            self._lose_follower(error)

    def _lose_follower(self, error: StoreError) -> None:
        self._follower = None
        self._app.session.office_failed(error)
        self._app.catch_up()

    def _try_again(self) -> None:
        now_s = time.monotonic()
        if now_s < self._next_try_s:
            return
        self._next_try_s = now_s + TRY_AGAIN_AFTER_S
        if self._follower is None:
            self._follow()
        self._app.session.look_up_visit()
        self._app.catch_up()

    def _check_paper(self) -> None:
        """Give up on paper that no printer will print."""
        process = self._process
        if process.printer and process.office.profile.has("printer"):
            for news in self._paper.check(self._app.session.state):
                self._app.session.handle(news)

    def _report_voice_trouble(self) -> None:
        """Tell the doctor why nothing is heard, while that is so."""
        trouble = self._app.voice.trouble if self._app.voice else ""
        if trouble == self._voice_trouble:
            return
        self._voice_trouble = trouble
        file = self._process.paths.voice_trouble(self._process.name)
        with suppress(OSError):
            if trouble:
                _log.warning("The voice of the glass fails: %s", trouble)
                file.write_text(trouble, encoding="utf-8")
            else:
                file.unlink(missing_ok=True)

    def _free_when_idle(self) -> None:
        """Free what the screens before have left, when the citizen reads."""
        idle_since_s = time.monotonic() - GC_IDLE_S
        if self._ahead.done and self._tidied_s < self._app.refreshed_s < idle_since_s:
            self._forget_citizen()
            self._free_garbage()
            self._tidied_s = time.monotonic()

    def _forget_citizen(self) -> None:
        """Pictures of the number and the code of whoever has left."""
        wish = self._app.session.state.wish
        if wish != self._last_wish:
            self._last_wish = wish
            forget_textures()

    def _free_garbage(self) -> None:
        """Screens that were left are circles, and free memory lies in holes: some 20 MiB.

        All that was to be drawn is drawn, so its shaders are compiled: 45 MiB where Mesa does it.
        """
        gc.collect()
        self._app.frame()  # in which Kivy lets go of their textures
        ctypes.CDLL(None).malloc_trim(0)
        self._shader_compiler.give_back()

    def _ping(self) -> None:
        self._heartbeat.beat(self._process.office.database.probe_disk)
        now_s, interval_s = time.monotonic(), systemd.watchdog_interval_s()
        if interval_s is not None and now_s >= self._next_ping_s:
            self._next_ping_s = now_s + interval_s
            if self._compositor is None or self._compositor.has_answered():
                systemd.watchdog()
            else:
                _log.error("The compositor does not answer: the screen stands still.")

    def _stop(self, *_signal: object) -> None:
        self._stopping = True

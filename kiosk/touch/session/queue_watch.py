"""Watch of the queue for the first screen, read in a thread of its own: an estimate takes long."""

from __future__ import annotations

import logging
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from kiosk.store.errors import StoreError
from kiosk.touch.flow.inputs import QueueUpdate

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.service.queue_status import QueueStatus

_log = logging.getLogger(__name__)

APART_S = 3.0
"""The queue is read no more often: faster changes cannot be read."""

AGAIN_AFTER_S = 60.0
"""The wait changes with time, too."""


class QueueWatch:
    """Reads the queue after it has moved. `wake` is called from another thread when it is read."""

    def __init__(
        self,
        read: Callable[[], QueueStatus],
        wake: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read, self._wake, self._clock = read, wake, clock
        self._reader = ThreadPoolExecutor(1, "queue")
        self._reading: Future[QueueStatus] | None = None
        self._due_s = 0.0
        self._read_s = -APART_S

    def note_change(self) -> None:
        """Something has happened in the queue."""
        self._due_s = min(self._due_s, self._read_s + APART_S)

    @property
    def rest_s(self) -> float:
        """How long nothing is to be done here."""
        return max(0.0, self._due_s - self._clock())

    def poll(self) -> QueueUpdate | None:
        """What has been read meanwhile; reads anew where that is due."""
        news = None
        if self._reading is not None and self._reading.done():
            news, self._reading = self._news(self._reading), None
        if self._reading is None and self._clock() >= self._due_s:
            self._read_s = self._clock()
            self._due_s = self._read_s + AGAIN_AFTER_S
            self._reading = self._reader.submit(self._read)
            self._reading.add_done_callback(lambda _: self._wake())
        return news

    def _news(self, read: Future[QueueStatus]) -> QueueUpdate | None:
        try:
            return QueueUpdate(read.result())
        except StoreError as error:
            _log.info("The queue cannot be read for the first screen: %s", error)
            return None

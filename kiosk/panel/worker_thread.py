"""Single worker thread with a queue, beside a device's own thread."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")


class WorkerThread:
    """One job after the other; its daemon thread is there while there is something to do.

    No executor: Python waits at its end for the threads of those, however long one hangs.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._queue: deque[tuple[Future[Any], Callable[[], Any]]] = deque()
        self._busy = False

    def send(self, do: Callable[[], Answer]) -> Future[Answer]:
        """Do this after all that was sent before. One that is cancelled in time is left out."""
        answer: Future[Answer] = Future()
        with self._lock:
            self._queue.append((answer, do))
            if not self._busy:
                self._busy = True
                threading.Thread(target=self._run, name=self._name, daemon=True).start()
        return answer

    def _run(self) -> None:
        while job := self._next():
            answer, do = job
            if not answer.set_running_or_notify_cancel():
                continue
            try:
                found = do()
            except Exception as error:  # noqa: BLE001 - it is raised where the answer is asked for
                answer.set_exception(error)
            else:
                answer.set_result(found)

    def _next(self) -> tuple[Future[Any], Callable[[], Any]] | None:
        with self._lock:
            self._busy = bool(self._queue)
            return self._queue.popleft() if self._queue else None

"""The inspection socket: tests, speech and remote help read the glass here, and touch it.

One JSON object a line each way: `{"command": "describe"}`, `{"command": "shot"}`, `{"command":
"tap", "id": "back"}`, `{"command": "key", "name": "ok"}`. The answer is what was asked for, or
`{"error": "..."}`. Connections are served by threads; the glass answers in its own.
"""

from __future__ import annotations

import os
import socketserver
import threading
from collections import deque
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import msgspec

from kiosk.system.process_lock import RuntimeUnusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


ANSWER_WITHIN_S = 30.0
_LOOK_WHETHER_TO_END_S = 3600.0

Answer = dict[str, Any]


class InspectionRequest(msgspec.Struct):
    """One line of a client."""

    command: str
    id: str = ""
    name: str = ""


class CannotDo(Exception):
    """A request that the glass cannot follow, in one sentence."""


class Later(Exception):
    """The glass will answer this request a moment later."""


class Inspection:
    """The listening socket, and the requests that wait for the glass."""

    def __init__(self, path: Path, wake: Callable[[], None]) -> None:
        """Listen at `path`; `wake` tells the glass of a request. Raises `RuntimeUnusable`."""
        self._path = path
        self._wake = wake
        self._waiting: deque[tuple[InspectionRequest, Future[Answer]]] = deque()
        try:
            self._server = self._listen()
        except OSError as error:
            raise RuntimeUnusable(path, error) from error
        threading.Thread(
            target=self._server.serve_forever, args=(_LOOK_WHETHER_TO_END_S,), daemon=True
        ).start()

    @property
    def waits(self) -> bool:
        """Whether a request is still to be answered."""
        return bool(self._waiting)

    def serve(self, answer: Callable[[InspectionRequest], Answer]) -> None:
        """Answer what waits; called by the glass's own loop."""
        for _ in range(len(self._waiting)):
            request, promise = self._waiting.popleft()
            try:
                promise.set_result(answer(request))
            except Later:
                self._waiting.append((request, promise))
            except CannotDo as refusal:
                promise.set_result({"error": str(refusal)})

    def close(self) -> None:
        """Stop listening. The thread that listened ends with its process."""
        self._server.server_close()
        with suppress(OSError):  # the next glass takes the path over
            self._path.unlink(missing_ok=True)

    def ask(self, line: bytes) -> Answer:
        """Hand a line to the glass and wait for what it says; for the threads of connections."""
        try:
            request = msgspec.json.decode(line, type=InspectionRequest)
        except msgspec.MsgspecError as error:
            return {"error": f"Not a request: {error}."}
        promise: Future[Answer] = Future()
        self._waiting.append((request, promise))
        self._wake()
        try:
            return promise.result(ANSWER_WITHIN_S)
        except TimeoutError:
            return {"error": "The glass does not answer."}

    def _listen(self) -> socketserver.ThreadingUnixStreamServer:
        self._path.unlink(missing_ok=True)
        inspection = self

        class Connection(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                for line in self.rfile:
                    self.wfile.write(msgspec.json.encode(inspection.ask(line)) + b"\n")

        before = os.umask(0o177)  # only this service's own user: mode 0600 from the first moment
        try:
            with address(self._path) as short:
                server = socketserver.ThreadingUnixStreamServer(short, Connection)
        finally:
            os.umask(before)
        server.daemon_threads = True
        return server


@contextmanager
def address(path: Path) -> Iterator[str]:
    """A short name for the socket while the block runs: unix(7) allows 107 letters only."""
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)

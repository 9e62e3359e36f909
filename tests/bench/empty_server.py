"""An empty ASGI endpoint behind the console's own protocol: the floor beneath its answers.

`python -m tests.bench.empty_server PORT` answers every request with nothing, and does nothing.
"""

import sys
from functools import partial
from typing import TYPE_CHECKING

import uvicorn
from litestar.enums import ScopeType

from kiosk.console.events.fair_share import FairShare
from kiosk.console.events.staff_work import StaffWork
from kiosk.console.http.acceptor import ACCEPTED_AT_ONCE
from kiosk.console.http.connections import ConnectionTable, HttpConnection
from kiosk.console.http.reading_turns import ReadingTurns

if TYPE_CHECKING:
    from litestar.types import Receive, Scope, Send

STAFF = "127.0.0.1"
NOTHING = [(b"content-length", b"0")]


async def answer(scope: "Scope", receive: "Receive", send: "Send") -> None:
    """200, whatever is asked."""
    if scope["type"] == ScopeType.HTTP:
        await receive()
        await send({"type": "http.response.start", "status": 200, "headers": NOTHING})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def main(port: int) -> None:
    work = StaffWork()
    with work.under_way(STAFF):  # from now on this address is one of staff
        turns = ReadingTurns(work, FairShare(work))
    server = uvicorn.Server(
        uvicorn.Config(
            answer,
            port=port,
            http=partial(HttpConnection, turns),  # type: ignore[arg-type]  # as a class is called
            backlog=ACCEPTED_AT_ONCE,
            lifespan="off",
            log_level="error",
            access_log=False,
            date_header=False,
        )
    )
    server.server_state = ConnectionTable()
    server.run()


if __name__ == "__main__":
    main(int(sys.argv[1]))

"""An empty ASGI endpoint behind the console's own protocol: the floor beneath its answers.

`python -m tests.bench.empty_server PORT` answers every request with nothing, and does nothing.
"""

import sys
from typing import TYPE_CHECKING

import uvicorn
from litestar.enums import ScopeType

from kiosk.console.http.acceptor import ACCEPTED_AT_ONCE
from kiosk.console.http.connections import ConnectionTable, HttpConnection

if TYPE_CHECKING:
    from litestar.types import Receive, Scope, Send

NOTHING = [(b"content-length", b"0")]


async def answer(scope: "Scope", receive: "Receive", send: "Send") -> None:
    """200, whatever is asked."""
    if scope["type"] == ScopeType.HTTP:
        await receive()
        await send({"type": "http.response.start", "status": 200, "headers": NOTHING})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def main(port: int) -> None:
    server = uvicorn.Server(
        uvicorn.Config(
            answer,
            port=port,
            http=HttpConnection,
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

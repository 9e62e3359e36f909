"""Serves people without end once it is told to, and says on a port what was acknowledged.

`busy.py PORT [SECONDS]`: with that pause after each.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.domain.outcome import RESOLVED
from kiosk.domain.record import Record
from kiosk.service import citizens, staff
from kiosk.service.citizens import TicketRequest
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.wiring.box import Kiosk

DATA = Path("/var/lib/kiosk")
_LOOK_AGAIN_S = 0.02


def main(port: str, pause_s: str = "0") -> None:
    kiosk = open_kiosk(Paths(DATA))
    with Path(port).open("r+b", buffering=0) as line:
        line.write(b"ready\n")
        while not line.read(64):  # nobody has said anything yet
            time.sleep(_LOOK_AGAIN_S)
        line.writelines(
            f"{what} {which}\n".encode() for what, which in serve(kiosk, float(pause_s))
        )


def serve(kiosk: Kiosk, pause_s: float) -> Iterator[tuple[str, int]]:
    """Three of four numbers are called, and two of three of those are done with."""
    office, topic = kiosk.office, kiosk.office.profile.topics[0].id
    while True:
        time.sleep(pause_s)
        taken = citizens.take_ticket(office, TicketRequest(topic, "de"), kiosk.now()).ticket
        yield "taken", taken.id
        if taken.sequence % 4 and (called := staff.call_next(office, "1", kiosk.now())):
            yield "called", called.id
            if called.sequence % 3:
                staff.finish(office, "1", Record(RESOLVED), kiosk.now())
                yield "resolved", called.id


if __name__ == "__main__":
    main(*sys.argv[1:])

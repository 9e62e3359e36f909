"""Watch over the other doors from the console's own loop, and the console's own heartbeat."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from hardware.trouble import Trouble
from kiosk.domain.errors import KioskError
from kiosk.service.doors import fail_late_paper, paths_of
from kiosk.system.heartbeat import BEAT_EVERY_S, CONSOLE, PANEL, Heartbeat, doors_seen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from kiosk.console.http.context import ConsoleContext

_LOOK_CLOSER_EVERY_S = 1.0
"""While a door is silent: what becomes of paper is told in time."""

_log = logging.getLogger(__name__)


@asynccontextmanager
async def watching_doors(context: ConsoleContext) -> AsyncIterator[None]:
    """Watch while the block runs."""
    heartbeat = Heartbeat(paths_of(context.office), CONSOLE)
    task = asyncio.create_task(_watch(context, heartbeat))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
        heartbeat.close()


async def _watch(context: ConsoleContext, heartbeat: Heartbeat) -> None:
    before, database = set[tuple[str, bool]](), context.office.database
    while True:
        heartbeat.beat(database.probe_disk)
        seen = doors_seen(paths_of(context.office))
        silent = {each.door for each in seen if not each.alive}
        state = {(each.door, each.writes) for each in seen if not (each.alive and each.writes)}
        if state != before:
            before = state
            context.broadcast.announce_door_change()
        if PANEL in silent:
            await asyncio.to_thread(_fail_paper, context)
        await asyncio.sleep(_LOOK_CLOSER_EVERY_S if state else BEAT_EVERY_S)


def _fail_paper(context: ConsoleContext) -> None:
    """In place of the panel: a citizen and staff must not wait for what does not come."""
    try:
        fail_late_paper(context.office, context.now(), Trouble.OFFLINE)
    except KioskError as error:  # the disk: the next look tries again
        _log.warning("Late paper cannot be failed: %s", error)

"""A connection of staff outlasts the pauses between their actions, one of a stranger does not."""

import asyncio

import pytest

from kiosk.console.http import connections
from tests.console.small_site import HELLO, STAFF, Site, play
from tests.console.strangers import HALF_SENT, address_of, status_of


def test_staff_act_on_the_same_connection_after_a_stranger_was_cut() -> None:
    async def scene(site: Site) -> None:
        with site.work.under_way(STAFF):
            staff = await site.connect(STAFF)
        stranger = await site.connect(address_of(0))
        await site.expect(lambda: not site.table.of_address[address_of(0)])
        before = len(site.answered)
        staff.sendall(HELLO)
        await site.expect(lambda: len(site.answered) > before)
        assert site.table.of_address[STAFF] == 1
        stranger.close()

    play(scene)


def test_half_a_header_of_staff_is_cut_as_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEADER_S", 0.2)

    async def scene(site: Site) -> None:
        with site.work.under_way(STAFF):
            staff = await site.connect(STAFF)
        assert status_of(staff) == 204
        staff.sendall(HALF_SENT)
        assert await asyncio.to_thread(status_of, staff) == 408

    play(scene)

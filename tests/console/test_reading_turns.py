"""A backlog on open connections: staff are read past it, the crowd by turns of address."""

import asyncio

from kiosk.console.http.connections import MOST_OF_ONE
from tests.console.small_site import HEADER, HELLO, STAFF, Site, play
from tests.console.strangers import address_of

CROWD = 100


async def received() -> None:
    """What was sent on the loopback is handed over in the next round of the event loop."""
    for _ in range(3):
        await asyncio.sleep(0)


def test_while_staff_are_answered_staff_are_read_past_a_crowd_and_no_stranger_is() -> None:
    async def scene(site: Site) -> None:
        crowd = [await site.connect(address_of(n)) for n in range(CROWD)]
        with site.work.under_way(STAFF):
            staff = await site.connect(STAFF)
            site.answered.clear()
            for line in crowd:
                line.sendall(HELLO)
            staff.sendall(HELLO)
            await site.expect(lambda: bool(site.answered))
            assert site.answered == [STAFF], "its bytes came behind those of all others"
        await site.expect(lambda: len(site.answered) == CROWD + 1)

    play(scene)


def test_one_connection_is_read_behind_one_of_each_other_address() -> None:
    async def scene(site: Site) -> None:
        many = [await site.connect(address_of(0)) for _ in range(MOST_OF_ONE)]
        one = await site.connect(address_of(1))
        site.answered.clear()
        with site.work.under_way(STAFF):
            for line in (*many, one):
                line.sendall(HELLO)
            await received()
        await site.expect(lambda: len(site.answered) == MOST_OF_ONE + 1)
        assert address_of(1) in site.answered[:3], site.answered

    play(scene)


def test_a_request_in_many_pieces_arrives_whole() -> None:
    async def scene(site: Site) -> None:
        body = bytes(range(256)) * 1200
        line = await site.connect(address_of(0))
        line.sendall(HEADER % len(body))
        for start in range(0, len(body), 60_000):
            await asyncio.to_thread(line.sendall, body[start : start + 60_000])
            await asyncio.sleep(0)
        await site.expect(lambda: site.bodies[-1] == body)
        line.sendall(HELLO + HELLO)
        await site.expect(lambda: site.bodies[-2:] == [b"", b""])

    play(scene)


def test_a_stranger_who_leaves_before_the_turn_gives_the_place_back() -> None:
    async def scene(site: Site) -> None:
        line = await site.connect(address_of(0))
        with site.work.under_way(STAFF):
            line.sendall(HELLO)
            line.close()
            await received()
        await site.expect(lambda: not site.table.of_address[address_of(0)])

    play(scene)

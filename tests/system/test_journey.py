"""A working day with nothing faked but the wires, while the services are killed at random moments.

`RADHAUS_DAY_KILLS` says how often, besides once each after closing; the night does it more often.
In peace it is lived by the day of Gelsenkirchen.
"""

import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.system.books import assert_published, exact_counts, publish
from tests.system.bus import SERVICES, Bus
from tests.system.citizen import Citizen
from tests.system.clerk import Clerk, clerk_at
from tests.waiting import eventually

CITIZENS = (
    Citizen("de", "antraege-und-ausweise", "wohngeld", 5),
    Citizen("de-x-ls", "antraege-und-ausweise", "fuehrungszeugnis", 5),
    Citizen("en", "schule-und-beruf", "bafoeg", 4),
    Citizen("tr", "neu-in-der-stadt", "einbuergerung", 4),
    Citizen("ar", "neu-in-der-stadt", "deutsch-lernen", 5),
    Citizen("de", "rat-und-hilfe", "orientierung", 3),
    Citizen("tr", "arbeit-und-bildung", "arbeit-finden", 2),
    Citizen("ar", "familie-und-gesundheit", "behinderung", 1),
    Citizen("en", "schule-und-beruf", "schulsystem", 5),
    Citizen("de", "antraege-und-ausweise", "wohngeld", 4),
)
KILLS = int(os.environ.get("RADHAUS_DAY_KILLS", "6"))
DAY = CITIZENS[: max(6, KILLS)]
"""Who comes: the more is killed the more, for a kill falls before each one's step at most."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bus]:
    """One for both tests: to start it costs as much as what is done with it."""
    with Bus(tmp_path_factory.mktemp("bus") / "data") as bus:
        yield bus


def live_through_a_day(bus: Bus, browser: Browser, before_each_step: Callable[[], None]) -> None:
    """Some citizens, two desks, and what must be true at each step."""
    with clerk_at(browser, bus, "1") as first, clerk_at(browser, bus, "2") as second:
        first.open_visit()
        numbers = []
        for citizen in DAY:
            before_each_step()
            numbers.append(citizen.draw(bus))
        assert len(set(numbers)) == len(DAY)
        assert_known(bus, numbers)

        served = serve_all_waiting([first, second], before_each_step)
        assert sorted(served) == sorted(numbers)
        for citizen in DAY:
            before_each_step()
            citizen.press_smiley(bus)
        assert_known(bus, numbers)
        assert all(ticket["state"] == "finished" for ticket in bus.ask("ticket", "list"))
        first.close_visit()


def serve_all_waiting(clerks: list[Clerk], before_each_step: Callable[[], None]) -> list[str]:
    """Both desks call in turn until the queue is empty; the numbers they called."""
    served: list[str] = []
    busy = list(clerks)
    while busy:
        for clerk in list(busy):
            before_each_step()
            called = clerk.call_next()
            if called is None:
                busy.remove(clerk)
                continue
            served.append(called)
            clerk.page.keyboard.press("b")
            clerk.finish(random.choice("12345"))
    return served


def assert_known(bus: Bus, numbers: list[str]) -> None:
    """Every number that a person saw is a ticket."""
    assert {ticket["number"] for ticket in bus.ask("ticket", "list")} >= set(numbers)


def planned_kills(chance: random.Random) -> dict[int, str]:
    """Before which step which service is killed: all as often, while drawing, calling, pressing."""
    steps, services = list[int](), list[str]()
    kinds = [range(first, first + len(DAY)) for first in range(0, 3 * len(DAY), len(DAY))]
    orders = [chance.sample(kind, len(kind)) for kind in kinds]
    for of_each_kind in zip(*orders, strict=True):
        steps += of_each_kind
        services += chance.sample(SERVICES, len(SERVICES))
    return dict(zip(steps[:KILLS], services, strict=False))


def test_a_working_day_on_which_everything_is_killed(
    bus: Bus, tmp_path: Path, chromium: Browser
) -> None:
    seed = time.time_ns()
    sys.stdout.write(f"seed {seed}\n")  # pytest shows it when the test fails
    chance = random.Random(seed)
    plan, steps = planned_kills(chance), count()
    killed = dict.fromkeys(SERVICES, 0)

    def maybe_kill() -> None:
        service = plan.get(next(steps))
        if service:
            pids = {name: bus.service_pid(name) for name in SERVICES if name != service}
            others = {name: pid for name, pid in pids.items() if pid}  # not one just killed
            bus.kill(service)
            killed[service] += 1
            assert {name: bus.service_pid(name) for name in others} == others

    live_through_a_day(bus, chromium, maybe_kill)
    assert sum(killed.values()) == len(plan)
    for service in SERVICES:
        bus.kill(service)
        eventually(partial(bus.service_pid, service), f"{service} again")
    exact = exact_counts(bus)
    assert sum(exact.people().values()) == len(DAY)
    # A citizen whose glass died after the press may press again: that is two presses.
    smileys = sum(exact.smileys().values())
    assert len(DAY) <= smileys <= len(DAY) + killed["touch"]
    assert_published(bus, exact, publish(bus, tmp_path / "stick"))


def test_the_others_go_on_when_one_is_killed(bus: Bus) -> None:
    bus.kiosk("visit", "open", "--stop", "schalke-markt")
    for service, name in NAMES.items():
        again = starts(bus, name) + 1
        bus.kill(service)
        number = bus.ask("ticket", "take", "--topic", "wohngeld")["number"]
        assert bus.ask("desk", "next", "--desk", "1")["number"] == number
        assert bus.ask("desk", "start", "--desk", "1")["number"] == number
        eventually(partial(has_started, bus, name, again), f"the {name} again")


def has_started(bus: Bus, name: str, times: int) -> bool:
    return starts(bus, name) == times


def starts(bus: Bus, name: str) -> int:
    return bus.said.count(f"The {name} is ready.")


NAMES = {"touch": "glass", "console": "console", "panel": "panel"}

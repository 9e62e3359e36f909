"""A bystander who watches all day links no person to a topic. The attack: `bystander.py`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Final

import msgspec
import pytest

from kiosk.console.http.context import open_context
from kiosk.drawing.paper.slip_words import ticket_slip
from kiosk.operate.simulation.citizens import Citizen, population_of
from kiosk.operate.simulation.clock import VirtualClock
from kiosk.operate.simulation.day import SimulatedDay
from kiosk.service import access, desks, visits
from kiosk.service.office import Office
from kiosk.service.slips import SLIPS
from kiosk.settings.profiles import load_profile
from kiosk.settings.texts import Texts
from kiosk.store import journal
from tests.console.box import catch_up, running
from tests.console.bystander import Bystander
from tests.prepared import new_database

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.domain.ticket import Ticket

pytestmark = pytest.mark.slow

SEED: Final = 11
PEOPLE: Final = 9
OPENING_S: Final = 3 * 3600.0
CLOCK: Final = VirtualClock("watched", datetime(2026, 11, 25, 8, tzinfo=UTC))
TEXTS: Final = Texts.load()
GELSENKIRCHEN: Final = replace(load_profile("gelsenkirchen"), numbers_by_phone=True)
WITHOUT_LETTERS: Final = replace(
    GELSENKIRCHEN,
    number_shows_group=False,
    desks=tuple(replace(d, groups=GELSENKIRCHEN.desks[0].groups) for d in GELSENKIRCHEN.desks),
)
"""As in a debt advice: all desks do all."""


@dataclass
class LivedDay:
    """Who chose what, and what a person without a login and a person with one made of it."""

    profile: Profile
    chose: dict[str, str] = field(default_factory=dict)
    bystander: Bystander = field(init=False)
    clerk: Bystander = field(init=False)


@dataclass(frozen=True, slots=True)
class Watch:
    """What is done before a person comes, and after everything that the box has written down."""

    before_arrival: Callable[[], None]
    after_change: Callable[[], None]


class WatchedDay(SimulatedDay):
    """After everything that changes the box a person looks."""

    def __init__(self, office: Office, random: Random, watch: Watch, observer: Floor) -> None:
        super().__init__(office, CLOCK, random, 1.0, observer)
        self._watch = watch

    def _arrive(self, citizen: Citizen) -> None:
        self._watch.before_arrival()
        super()._arrive(citizen)

    def _later(self, delay_s: float, happen: Callable[[], None]) -> None:
        super()._later(delay_s, partial(self._watched, happen))

    def _watched(self, happen: Callable[[], None]) -> None:
        before = self._newest_entry()
        happen()
        if self._newest_entry() != before:
            self._watch.after_change()

    def _newest_entry(self) -> int:
        with self._office.database.read() as connection:
            return journal.newest(connection)


@dataclass
class Floor:
    """The bus: whose number has just come, and every third slip lies on the floor."""

    office: Office
    at_glass: Ticket | None = None
    slip: str = ""

    def taken(self, ticket: Ticket, now: Moment) -> None:
        self.at_glass = ticket
        job = SLIPS.begin(self.office, now)
        assert job
        self.slip = str(ticket_slip(job, self.office.profile, TEXTS, now))

    def over(self) -> None:
        """Nothing is left to see."""


def people(profile: Profile, rotated: int) -> list[Citizen]:
    """The same people at the same times; `rotated` deals their topics anew among look-alikes."""
    public, random = population_of(profile), Random(SEED)
    # Nine people in four letters, so that most of them have look-alikes with other topics.
    shown = [t.id for t in profile.topics if t.group in {g.id for g in profile.groups[:4]}]
    weights = [1.0] * len(shown)
    public = replace(public, topics=shown, weights=weights, mean_talk_s=[400.0] * len(shown))
    drawn = [public.draw(random, OPENING_S, 1.0) for _ in range(PEOPLE)]
    representatives = profile.representatives
    for alike in {representatives[one.topic] for one in drawn}:
        of_class = [one for one in drawn if representatives[one.topic] == alike]
        topics = [one.topic for one in of_class]
        for place, one in enumerate(of_class):
            one.topic = topics[(place + rotated) % len(topics)]
            one.redirected_to, one.patience_s = None, None
    return drawn


def live(folder: Path, profile: Profile, rotated: int) -> LivedDay:
    """A day of that service, watched by both."""
    database = new_database(folder / "kiosk.db")
    office, lived, citizens = Office(database, profile), LivedDay(profile), people(profile, rotated)
    token = access.set_up(database).api_token
    floor, moments = Floor(office), [CLOCK.at(0)]
    context = open_context(office, lambda: moments[-1])
    with running(context) as url:
        lived.bystander = one = watching(url, profile, "")
        lived.clerk = two = watching(url, profile, token)
        begin(office, citizens)
        catch_up(context)
        for watcher in (one, two):
            watcher.look()

        def then(happen: Callable[[], object]) -> None:
            moments.append(day.now)
            catch_up(context)
            happen()

        watch = Watch(partial(then, two.look), partial(then, partial(look, lived, floor)))
        day = WatchedDay(office, Random(SEED), watch, floor)
        day.play(citizens)
        visits.close_visit(office, day.now, expected=None, revocable=True)
        watch.after_change()  # pages of tickets know them still
        friends = dict(list(lived.chose.items())[::2])
        for watcher in (one, two):
            watcher.compares_with_friends(friends)
    database.close()
    return lived


def begin(office: Office, citizens: list[Citizen]) -> None:
    """Each contingent is used up by the last of that topic."""
    visits.open_visit(office, None, None, CLOCK.at(0))
    visits.set_intake(office, CLOCK.at(0), intake=True)
    wanted = [one.topic for one in citizens]
    for topic in office.profile.topics:
        count = wanted.count(topic.id)
        visits.limit_topic(office, topic.id, count or None, CLOCK.at(0))
    for desk in office.profile.desks:
        desks.set_at_work(office, desk.id, CLOCK.at(0), at_work=True)


def look(lived: LivedDay, floor: Floor) -> None:
    """The bystander's look; for the clerk, who proves the attack, those around a taking do."""
    ticket, floor.at_glass = floor.at_glass, None
    if ticket is None:
        lived.bystander.look()
        return
    for watcher in (lived.bystander, lived.clerk):
        letter = ticket.number.rpartition("-")[0]
        person = f"person {ticket.id}"
        watcher.sees_taking(person, letter)
        lived.chose[person] = ticket.topic
        if ticket.id % 3 == 0:
            watcher.picks_up(person, floor.slip, (f"/t/{ticket.code}", f"/t/{ticket.code}/state"))


def watching(url: str, profile: Profile, token: str) -> Bystander:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    topics = [str(topic.id) for topic in profile.topics]
    labels = {f"'{label}'": t.id for t in profile.topics for label in t.label.values()}
    return Bystander(int(url.rpartition(":")[2]), headers, topics, labels)


def numbered(transcript: list[str]) -> list[str]:
    """The transcript with random names numbered as they come, so that equal ones stay equal."""
    names: dict[str, str] = {}

    def name(found: re.Match[str]) -> str:
        return names.setdefault(found[0], f"<{len(names)}>")

    without_disk = [re.sub(r"[0-9]+ MB are free", "", line) for line in transcript]
    return [
        re.sub(
            r'(?<=/t/)[\w-]{12}|(?<="press" value=")[\w-]{16}|(?<![\w-])[\w-]{32}(?![\w-])',
            name,
            line,
        )
        for line in without_disk
    ]


@pytest.fixture(scope="module", params=[GELSENKIRCHEN, WITHOUT_LETTERS], ids=["letters", "none"])
def days(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[LivedDay, LivedDay]:
    """The same day twice, but for who came for what."""
    profile: Profile = request.param
    return (
        live(tmp_path_factory.mktemp("day"), profile, 0),
        live(tmp_path_factory.mktemp("twin"), profile, 1),
    )


def test_a_bystander_links_no_person_to_a_topic(days: tuple[LivedDay, LivedDay]) -> None:
    for day in days:
        assert len(day.chose) == PEOPLE
        assert day.bystander.joined == {}, f"seed {SEED}"


def test_the_same_attack_with_a_login_links_every_person(days: tuple[LivedDay, LivedDay]) -> None:
    for day in days:
        assert day.clerk.joined == day.chose, f"seed {SEED}"


def test_a_bystander_sees_the_same_day_for_any_topics(
    days: tuple[LivedDay, LivedDay],
) -> None:
    day, twin = days
    differently = [person for person in day.chose if day.chose[person] != twin.chose[person]]
    assert len(differently) > PEOPLE / 2, "the days must differ, or this proves nothing"
    assert numbered(day.bystander.transcript) == numbered(twin.bystander.transcript)
    assert numbered(day.clerk.transcript) != numbered(twin.clerk.transcript)


def test_the_wait_is_by_topic_group_only_where_numbers_show_it(
    days: tuple[LivedDay, LivedDay],
) -> None:
    day, _ = days
    polled = [line for line in day.bystander.transcript if line.startswith("/api/v1/state 200")]
    states = [msgspec.json.decode(line.partition(" 200 ")[2]) for line in polled]
    assert any(state["estimate_minutes"] for state in states)
    letters = {group["letter"] for state in states for group in state["groups"]}
    shown = day.profile.number_shows_group
    assert letters == ({group.letter for group in day.profile.groups} if shown else set())
    assert all(call["number"].startswith("0") != shown for s in states for call in s["calls"])

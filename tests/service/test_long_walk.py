"""The same days as the state machine, lived by plain chance: more actions in less time.

Hypothesis finds the shortest way to a fault, but spreads its steps thin; a walk lives whole crowded
days. `script/nightly` walks a million steps.
"""

import os
import sys
import time
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis.stateful import MultipleResults

from kiosk.domain.outcome import NOTHING_RECORDED, READY_OUTCOMES, REFERRED
from kiosk.domain.record import Advice, Occasion, Record
from kiosk.service import visits
from tests.service.lived_day import WORK, Day
from tests.service.promised_day import ALL_TOPICS
from tests.town import FIRST_DESK, SECOND_DESK, TENANTS

STEPS = int(os.environ.get("RADHAUS_STEPS", "800"))
"""Actions of citizens and staff. The night walks a million."""

SEED = int(os.environ.get("RADHAUS_SEED", "0"))
"""Of a walk that has failed, to walk it again."""

TELL_EVERY = 10_000

Act = Callable[[], Any]


class Walk:
    """A day and the chance by which it goes on."""

    def __init__(self, random: Random) -> None:
        self.random, self.day = random, Day()
        self.people: list[int] = []
        self.acts: dict[Act, float] = {
            self.come: 6,
            self.work: 10,
            self.come_by_appointment: 4,
            self.call: 3,
            self.withdraw: 1,
            self.transfer: 2,
            self.correct: 1,
            self.prioritise: 2,
            self.finish: 2,
            self.recall: 0.5,
            self.press_a_smiley: 0.5,
            self.count: 1,
            self.take_in_roll: 0.5,
            self.take_ticket_for_citizen: 1,
            self.change_desk: 0.5,
            self.change_visit: 0.5,
            self.let_time_pass: 2,
            self.disturb: 0.5,
            self.end: 0.3,
            self.take_closing_back: 0.3,
            self.sleep: 0.3,
            self.come_as_promised: 2,
            self.promise_appointment: 2,
            self.change_appointment: 0.7,
            self.call_back: 1,
        }

    def step(self) -> None:
        """One thing happens, and all that must be true is still true."""
        (act,) = self.random.choices(list(self.acts), list(self.acts.values()))
        came = act()
        if isinstance(came, MultipleResults):
            self.people += came.values
        elif isinstance(came, int):
            self.people.append(came)
        self.day.all_is_well()

    def come(self) -> Any:  # noqa: ANN401 - for hypothesis
        topics = self.random.choices(ALL_TOPICS, k=self.random.randint(1, 4))
        return self.day.people_come(topics, self.maybe(0.2))

    def work(self) -> None:
        self.day.work(self.desk, self.random.choices(WORK, k=self.random.randint(1, 6)))

    def come_by_appointment(self) -> Any:  # noqa: ANN401 - same
        desk = self.desk if self.maybe(0.3) else None
        minutes = self.random.randint(-30, 30)
        return self.day.come_by_appointment(self.topic, minutes, desk, self.maybe(0.3))

    def call(self) -> None:
        if self.people:
            self.day.call(self.any_ticket, self.desk, self.maybe(0.5))

    def withdraw(self) -> None:
        if self.people:
            self.day.withdraw(self.any_ticket, self.desk)

    def correct(self) -> None:
        if self.people:
            self.day.put_back(self.any_ticket, self.desk)
            self.day.change_topic(self.any_ticket, self.desk, self.topic)
            self.day.amend(self.any_ticket, self.desk, self.record)

    def transfer(self) -> None:
        self.day.transfer(
            self.desk,
            self.topic if self.maybe(0.7) else None,
            self.desk if self.maybe(0.3) else None,
        )

    def prioritise(self) -> None:
        if self.people:
            self.day.prioritise(self.any_ticket, self.desk, self.maybe(0.5))

    def finish(self) -> None:
        self.day.finish(self.desk, self.record)

    def recall(self) -> None:
        self.day.recall(self.desk)

    def press_a_smiley(self) -> None:
        self.day.press_a_smiley(self.random.randint(1, 5))

    def count(self) -> None:
        self.day.count(self.desk, self.topic, self.record)

    def take_in_roll(self) -> Any:  # noqa: ANN401 - same
        many = self.random.randint(1, 4)
        return self.day.take_in_roll(self.desk, self.topic, many, self.maybe(0.5))

    def take_ticket_for_citizen(self) -> Any:  # noqa: ANN401 - same
        return self.day.take_ticket_for_citizen(self.desk, self.topic)

    def change_desk(self) -> None:
        self.day.handle(self.desk, self.topics)
        self.day.work_or_pause(self.desk, self.maybe(0.7))

    def change_visit(self) -> None:
        self.day.close_or_open_the_intake(self.maybe(0.8))
        self.day.limit(self.topic, self.random.choice([None, None, 0, 5, 30]))
        self.day.offer(self.topics)

    def let_time_pass(self) -> None:
        self.day.time_passes(self.random.randint(1, 20))

    def disturb(self) -> None:
        self.day.cut_power()
        self.day.the_clock_jumps(self.random.randint(-900, 900))
        self.day.the_clock_is_lost_or_found(self.maybe(0.8))

    def end(self) -> None:
        self.day.the_visit_ends_and_another_begins(
            seldom=True, revocable=self.maybe(0.5), practice=self.maybe(0.3)
        )
        self.people.clear()

    def sleep(self) -> None:
        self.day.night_passes(
            seldom=True, left_open=self.maybe(0.5), hours=self.random.randint(0, 5)
        )
        self.people.clear()

    def come_as_promised(self) -> Any:  # noqa: ANN401 - same
        desk = self.desk if self.maybe(0.3) else None
        return self.day.come_as_promised(self.choice, desk)

    def promise_appointment(self) -> None:
        if self.maybe(0.7):
            self.day.end_talk_with_appointment(self.desk, self.choice)
        else:
            self.day.make_by_telephone(self.topic, self.choice)

    def change_appointment(self) -> None:
        self.day.move_or_cancel(self.choice, self.maybe(0.4))

    def call_back(self) -> None:
        self.day.call_back(self.choice, self.maybe(0.8))

    def take_closing_back(self) -> None:
        shown = self.day.office.read(visits.current_visit)
        self.day.closing_is_taken_back(seldom=True, cut=self.maybe(0.3))
        if self.day.office.read(visits.current_visit) != shown:  # too late: another day
            self.people.clear()

    def maybe(self, share: float) -> bool:
        return self.random.random() < share

    @property
    def desk(self) -> str:
        return self.random.choice([FIRST_DESK, SECOND_DESK])

    @property
    def topic(self) -> Any:  # noqa: ANN401 - same
        return self.random.choice(ALL_TOPICS)

    @property
    def topics(self) -> list[str]:
        return self.random.sample(ALL_TOPICS, self.random.choice([1, 2, 3, 4, 4, 4]))

    @property
    def choice(self) -> int:
        return self.random.randint(0, 30)

    @property
    def any_ticket(self) -> int:
        return self.random.choice(self.people)

    @property
    def record(self) -> Record:
        if self.maybe(0.2):
            return Record(REFERRED, TENANTS, Advice.FULL)
        outcome = self.random.choice([*READY_OUTCOMES, NOTHING_RECORDED]).id
        further = tuple({self.topic for _ in range(self.random.choice([0, 0, 0, 1, 2]))})
        persons = self.random.randint(1, 5)
        return Record(outcome, occasion=Occasion.FIRST, persons=persons, further=further)


@pytest.mark.slow
def test_a_long_walk_through_crowded_days() -> None:
    seed = SEED or time.time_ns()
    sys.stdout.write(f"seed {seed}\n")  # pytest shows it when the test fails
    walk = Walk(Random(seed))
    try:
        told = 0
        while walk.day.actions < STEPS:
            walk.step()
            if walk.day.actions >= told + TELL_EVERY:
                told += TELL_EVERY
                sys.stderr.write(f"{told} steps\n")
    finally:
        walk.day.teardown()

"""Generator of plausible quarters ("Essen12"): 60 visits at 12 stops, so many people a day.

A fixed generator, not the product's own simulation: topics by Zipf's law in six groups, a morning
peak, Essen's share of outcomes, half of them known from the simulation's figures.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random

from kiosk.counts.cell import Cell
from kiosk.counts.exact import ExactCounts
from kiosk.domain.survey import is_low_score

STOPS = tuple(f"stop-{number:02}" for number in range(12))
OUTCOMES = {
    "resolved": 50,
    "referred": 16,
    "appointment_made": 10,
    "call_back_promised": 8,
    "could_not_be_helped": 4,
    "not_recorded": 6,
    "missed": 3,
    "withdrawn": 3,
}
LANGUAGES = {"de": 74, "tr": 9, "ar": 7, "ru": 4, "en": 3, "uk": 2, "fa": 1}
ITEMS = {
    "persons": ("1", "2", "3", "4", "not_said"),
    "interpreter": ("yes", "no", "not_said"),
    "advice": ("short", "full", "not_said"),
}
ITEMS_APART = {"appointment": ("appeared", "not_appeared")}
"""Noted of some people alone: their sum is one of its own."""
REASONS = ("used_up", "no_intake")
SCORES = {5: 50, 4: 27, 3: 13, 2: 6, 1: 4}
PRESSES_SMILEY = 0.35
QUARTER_ASKS, WHY_ASKS = "quarter", "why"
SURVEY: dict[str, dict[str, int]] = {
    QUARTER_ASKS: {"places": 25, "green": 20, "clean": 15, "not_said": 40},
    WHY_ASKS: {"wait": 25, "hard": 15, "no-solution": 20, "other": 10, "not_said": 30},
    "": {},
}
"""Survey questions, after every smiley and after a low one, and what is answered."""
FURTHER = {0: 78, 1: 17, 2: 5}
"""How many further topics people have, whose talk was recorded."""


@dataclass(frozen=True)
class Person:
    """One ticket: what an attacker would like to know."""

    stop: str
    day: int
    topic: str
    group: str
    hour: int
    outcome: str
    language: str
    kind: str
    waited_min: int | None
    way_min: int | None
    service_min: int | None
    advice: str | None
    interpreter: str | None
    persons: int
    further: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Smiley:
    """`planned` is the survey question of that day, `answer` what was said where it was asked."""

    stop: str
    hour: int
    score: int
    planned: str = ""
    answer: str = ""

    @property
    def asked(self) -> bool:
        """Whether the question followed it."""
        low = is_low_score(self.score, max(SCORES))
        return self.planned == QUARTER_ASKS or (self.planned == WHY_ASKS and low)


@dataclass(frozen=True)
class Quarter:
    """A true quarter."""

    people: tuple[Person, ...]
    smileys: tuple[Smiley, ...]
    visits: tuple[tuple[str, str], ...]
    groups: dict[str, str] = field(default_factory=dict)
    refused: tuple[tuple[str, str], ...] = ()
    stops: tuple[str, ...] = STOPS
    languages: tuple[str, ...] = tuple(LANGUAGES)
    scores: Mapping[int, int] = field(default_factory=lambda: SCORES)


def quarter(people_a_day: float, seed: int, topics: int = 40, days: int = 60) -> Quarter:
    """A quarter of so many people a day on average."""
    random = Random(f"{people_a_day} {seed}")
    groups = {f"topic-{number:02}": f"group-{number % 6}" for number in range(topics)}
    plan = [STOPS[random.choices(range(12), range(14, 2, -1))[0]] for _ in range(days)]
    busy = {stop: random.uniform(0.5, 1.5) for stop in STOPS}
    visits = tuple(
        (stop, f"2026-{10 + day // 20:02}-{1 + day % 20:02}") for day, stop in enumerate(plan)
    )
    people, smileys = [], []
    for day, (stop, _) in enumerate(visits):
        begins = random.choice([9, 9, 9, 10, 13])
        for _ in range(_poisson(random, people_a_day * busy[stop])):
            person = _person(random, (stop, day, begins), groups)
            people.append(person)
            if random.random() < PRESSES_SMILEY:
                score = random.choices(list(SCORES), list(SCORES.values()))[0]
                planned = QUARTER_ASKS if day < days // 2 else WHY_ASKS
                smileys.append(Smiley(stop, person.hour, score, planned))
    smileys = _with_answers(Random(f"survey {people_a_day} {seed}"), smileys)
    people = _with_further(Random(f"further {people_a_day} {seed}"), people, groups)
    refused = [
        (reason, f"group-{random.randrange(6)}")
        for reason in REASONS
        for _ in range(_poisson(random, 4 * people_a_day))
    ]
    return Quarter(tuple(people), tuple(smileys), visits, groups, tuple(refused))


def appeared(person: Person) -> str:
    """Whether an appointment was kept, as it is noted."""
    return "not_appeared" if person.outcome in {"missed", "withdrawn"} else "appeared"


def _person(random: Random, where: tuple[str, int, int], groups: dict[str, str]) -> Person:
    stop, day, begins = where
    topic = random.choices(list(groups), [1 / (rank + 2) for rank in range(len(groups))])[0]
    outcome = random.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]
    came = outcome not in {"missed", "withdrawn"}
    said = came and outcome != "not_recorded"
    return Person(
        stop,
        day,
        topic,
        groups[topic],
        begins + min(3, int(4 * random.betavariate(1.5, 2.8))),
        outcome,
        random.choices(list(LANGUAGES), list(LANGUAGES.values()))[0],
        "appointment" if random.random() < 0.1 else "walk_in",
        int(random.expovariate(1 / 18)) if came or outcome == "missed" else None,
        random.choice([0, 0, 1, 1, 2, 3, 6]) if came else None,
        int(random.lognormvariate(2.1, 0.6)) if came else None,
        random.choices(["short", "full", None], [4, 5, 2])[0] if said else None,
        random.choices(["yes", "no"], [1, 9])[0] if said else None,
        random.choices([1, 2, 3, 4], [75, 17, 5, 3])[0],
    )


def _with_further(random: Random, people: list[Person], groups: dict[str, str]) -> list[Person]:
    weights = [1 / (rank + 2) for rank in range(len(groups))]
    found = []
    for person in people:
        many = random.choices(list(FURTHER), list(FURTHER.values()))[0] if person.interpreter else 0
        topics = {*random.choices(list(groups), weights, k=many)} - {person.topic}
        further = tuple((groups[topic], topic) for topic in sorted(topics))
        found.append(replace(person, further=further))
    return found


def _with_answers(random: Random, smileys: list[Smiley]) -> list[Smiley]:
    def answered(smiley: Smiley) -> Smiley:
        shares = SURVEY[smiley.planned]
        return replace(smiley, answer=random.choices([*shares], [*shares.values()])[0])

    return [answered(smiley) if smiley.asked else smiley for smiley in smileys]


def _poisson(random: Random, mean: float) -> int:
    count, passed = 0, random.expovariate(1.0)
    while passed < mean:
        count, passed = count + 1, passed + random.expovariate(1.0)
    return count


def exact(truth: Quarter) -> ExactCounts:
    """The counters that a box would have kept of it."""
    people = truth.people
    visits = Counter[Cell](dict.fromkeys(truth.visits, 0))
    for person in people:
        visits[truth.visits[person.day]] += 1
    noted: list[Cell] = [("persons", str(p.persons)) for p in people if p.interpreter]
    noted += [("interpreter", p.interpreter) for p in people if p.interpreter]
    noted += [("advice", p.advice) for p in people if p.advice]
    times = [
        (p, measure, None if minutes is None else min(60, minutes // 5 * 5))
        for p in people
        for measure, minutes in (
            ("waiting", p.waited_min),
            ("way", p.way_min),
            ("service", p.service_min),
        )
    ]
    noted += [("appointment", appeared(p)) for p in people if p.kind == "appointment"]
    return ExactCounts(
        {
            "stop_topic": Counter[Cell]((p.stop, p.topic) for p in people),
            "stop_hour": Counter[Cell]((p.stop, p.hour) for p in people),
            "topic_outcome": Counter[Cell]((p.topic, p.outcome) for p in people),
            "visit": visits,
            "kind": Counter[Cell]((p.kind, p.group) for p in people),
            "kind_hour": Counter[Cell]((p.kind, p.hour) for p in people),
            "times": Counter[Cell]((p.kind, m, p.group, c) for p, m, c in times),
            "times_hour": Counter[Cell]((p.kind, m, p.hour, c) for p, m, c in times),
            "stop_score": Counter[Cell]((s.stop, s.score) for s in truth.smileys),
            "hour_score": Counter[Cell]((s.hour, s.score) for s in truth.smileys),
            "survey": Counter[Cell]((s.planned, s.answer) for s in truth.smileys if s.asked),
            "language": Counter[Cell]((p.language,) for p in people),
            "record": Counter[Cell](noted),
            "refused": Counter[Cell](truth.refused),
            "further": Counter[Cell]((topic,) for p in people for _, topic in p.further),
        }
    )

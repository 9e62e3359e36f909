"""Attack code: a person without a login who watches the bus all day and reads what it tells.

The bystander sees faces at the glass, reads the call display, picks slips up from the floor, polls
every address and hears every event. The bystander knows the profile, and sends some friends for
numbers, whose topics are known. Nothing here knows how the box is built.
"""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any, Final

from tests.waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from http.client import HTTPResponse

PUBLIC: Final = (
    "/api/v1/state",
    "/api/v1/queue",
    "/api/v1/metrics",
    "/api/v1/health",
    "/api/v1/directory",
    "/api/v1/timetable/next",
    "/display",
    "/display/emblem.svg",
    "/n",
    "/n/AAAAAAAAAAAAAAAA",
    "/n/AAAAAAAAAAAAAAAA/in/tr",
    "/n/AAAAAAAAAAAAAAAA/survey/AAAAAAAAAAAAAAAA",
)

Leaves = dict[tuple[str, ...], Any]
"""Values of all documents, by address and path; what a list holds goes by its id if it has one."""

Change = tuple[tuple[str, ...], Any]
"""Where something is different, and by how much if it is a number."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A person at the glass: what changed just then, and the letter of the number, known later."""

    person: str
    letter: str
    changes: frozenset[Change]


@dataclass
class Bystander:
    """`labels` are the topics by what a slip would call them."""

    port: int
    headers: Mapping[str, str]
    topics: Collection[str]
    labels: Mapping[str, str]
    found: list[str] = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)
    joined: dict[str, str] = field(default_factory=dict)
    _seen: list[Seen] = field(default_factory=list)
    _before: Leaves = field(default_factory=dict)
    _last_event: str | None = None

    def look(self) -> frozenset[Change]:
        """Ask every address; what is different since the last look."""
        leaves: Leaves = {}
        # Some thousand questions: httpx needs as long for each as the box.
        with closing(HTTPConnection("127.0.0.1", self.port, PATIENCE_S)) as line:
            for address in (*PUBLIC, *self.found):
                answer = self._ask(line, address)
                text = answer.read().decode()
                self.transcript.append(f"{address} {answer.status} {text}")
                if answer.status == HTTPStatus.OK:
                    leaves |= dict(_leaves((address,), _document(answer, text)))
            leaves |= {("events", "heard"): self._hear(line)}
        changes = frozenset(_changes(self._before, leaves))
        self._before = leaves
        return changes

    def sees_taking(self, person: str, letter: str) -> None:
        """A person has just taken a number."""
        changes = self.look()
        self._seen.append(Seen(person, letter, changes))
        for topics in self._by_place(changes).values():
            self._claim(person, topics)

    def picks_up(self, person: str, slip: str, pages: Sequence[str]) -> None:
        """A slip from the floor: its text, and the addresses behind its code."""
        self.found += pages
        self._claim(person, {topic for label, topic in self.labels.items() if label in slip})

    def compares_with_friends(self, friends: Mapping[str, str]) -> None:
        """A ticket with the same traces as the friends of one topic, and of no other, chose it."""
        topics: dict[frozenset[Change], set[str]] = defaultdict(set)
        traces = {seen.person: _countable(seen.changes) for seen in self._seen}
        for person, topic in friends.items():
            topics[traces[person]].add(topic)
        tell = len({frozenset(told) for told in topics.values()}) > 1
        for seen in self._seen:
            if tell and seen.person not in friends:
                self._claim(seen.person, topics.get(traces[seen.person], set()))

    def _claim(self, person: str, topics: Collection[str]) -> None:
        if len(topics) == 1:
            self.joined[person] = next(iter(topics))

    def _by_place(self, changes: frozenset[Change]) -> Mapping[tuple[str, ...], set[str]]:
        """The topics that changed, by the place where they stand: the number waiting is one."""
        found: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for path, _ in changes:
            for topic in set(path) & set(self.topics):
                found[tuple("*" if step == topic else step for step in path)].add(topic)
        return found

    def _ask(self, line: HTTPConnection, address: str, **headers: str) -> HTTPResponse:
        line.request("GET", address, headers={"Accept": "*/*", **self.headers, **headers})
        return line.getresponse()

    def _hear(self, line: HTTPConnection) -> list[str]:
        """The events since the last look: each kind, and how far its id is from the one before."""
        headers = {"Last-Event-ID": self._last_event} if self._last_event else {}
        heard: list[str] = []
        with self._ask(line, "/api/v1/events", **headers) as stream:
            for told in stream:
                said = told.decode().rstrip("\r\n")
                if said == "event: alive":
                    break
                self.transcript.append(said)
                name, _, value = said.partition(": ")
                if name == "id":
                    heard.append(f"id {_distance(self._last_event, value)}")
                    self._last_event = value
                elif name == "event":
                    heard.append(value)
        return heard


def _document(answer: HTTPResponse, text: str) -> Any:  # noqa: ANN401 - any JSON
    is_json = answer.headers.get_content_type() == "application/json"
    return json.loads(text) if is_json else text


def _leaves(path: tuple[str, ...], value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves((*path, name), inner)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            name = inner.get("id", place) if isinstance(inner, dict) else place
            yield from _leaves((*path, str(name)), inner)
    else:
        yield path, value


def _changes(before: Leaves, after: Leaves) -> Iterator[Change]:
    for path in before.keys() | after.keys():
        old, new = before.get(path), after.get(path)
        if isinstance(old, int | float) and isinstance(new, int | float):
            if old != new:
                yield path, new - old
        elif old != new or path == ("events", "heard"):
            yield path, json.dumps(new)


def _countable(changes: frozenset[Change]) -> frozenset[Change]:
    """What can be compared between two moments: differences of numbers, kinds of events."""
    return frozenset(
        (path, by)
        for path, by in changes
        if path == ("events", "heard") or (isinstance(by, int) and "estimate_minutes" not in path)
    )


def _distance(before: str | None, after: str) -> str:
    """How far two ids lie apart, if they are numbers."""
    numbers = before is not None and before.isdecimal() and after.isdecimal()
    return str(int(after) - int(before)) if before and numbers else "?"

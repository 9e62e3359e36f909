"""Taps, words and key presses of whole journeys, over the flow and the screens as they are.

A journey ends where the office is asked for what was wished: a touch more is a touch too many. For
each thing that can be wished the shortest way counts, of all things the longest.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from kiosk.domain.ids import TicketId
from kiosk.settings import profiles
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.inputs import Tapped
from kiosk.touch.flow.requests import (
    CheckIn,
    GiveBack,
    GiveFeedback,
    OfficeRequest,
    PrintSheet,
    TakeTicket,
)
from kiosk.touch.flow.state import Screen, ShownNumber
from kiosk.touch.focus import focus_after, heading_of
from kiosk.touch.layout.theme import Pane
from kiosk.touch.samples import flow_of, visit_of
from tests.norms.row import Tally
from tests.touch.key_presses import presses_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiosk.touch.flow.state import State
    from kiosk.touch.layout.view import View

TEXTS = Texts.load()
MOST_TAPS_FEW, MOST_TAPS_MANY, MOST_WORDS, MOST_PRESSES = 2, 3, 60, 12
FEW = 6
"""Open topics of a day without groups."""

CODE = "48210937"


@dataclass(frozen=True, slots=True)
class Journey:
    """What it is called, the elements that lead there, and what is asked for at its end."""

    name: str
    heads: frozenset[str]
    ends: type[OfficeRequest]


NUMBER_FEW = Journey("a number, up to six topics open", frozenset({"topic", "more"}), TakeTicket)
NUMBER_MANY = replace(
    NUMBER_FEW, name="a number, all topics", heads=frozenset({"group", "topic", "more"})
)
SMILEY = Journey("a smiley", frozenset({"smiley"}), GiveFeedback)
GIVE_BACK = Journey("a number given back", frozenset({"return"}), GiveBack)
SHEET = Journey("an address on paper", frozenset({"need", "offer", "more"}), PrintSheet)
CHECK_IN = Journey("an appointment's code", frozenset({"code"}), CheckIn)
JOURNEYS = (NUMBER_FEW, NUMBER_MANY, GIVE_BACK, CHECK_IN, SHEET, SMILEY)
FIRST_TAPS = {
    NUMBER_FEW: "start.number",
    NUMBER_MANY: "start.number",
    SMILEY: "start.feedback",
    GIVE_BACK: "number.return",
    SHEET: "start.offers",
    CHECK_IN: "start.appointment",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """Of the worst of what can be wished on the way; `words` are all that the screens show."""

    taps: int
    words: int
    by_ear: int
    by_keys: int
    reached: int


def cost_of(journey: Journey, setup: GlassSetup, language: str) -> Cost:
    """The most that a wish of this journey costs; raises `ValueError` where none is fulfilled."""
    first = _begin(journey, setup, language)
    found = {
        how: _cheapest(journey, setup, replace(first, listening=how == "by_ear"), how)
        for how in ("taps", "words", "by_ear", "by_keys")
    }
    reached = len(found["taps"])
    return Cost(**{how: max(each.values()) for how, each in found.items()}, reached=reached)


def _begin(journey: Journey, setup: GlassSetup, language: str) -> State:
    visit = visit_of(setup.profile)
    if journey == NUMBER_FEW:
        visit = replace(visit, topics=visit.topics[:FEW])
    opened = setup.flow.first(visit, expected=journey == CHECK_IN)
    first = replace(opened, language=setup.profile.language(language))
    if journey == GIVE_BACK:
        shown = ShownNumber("A-017", 3, ticket=TicketId(17))
        return replace(first, screen=Screen.NUMBER, shown=shown, topic=setup.profile.topics[0].id)
    return first


def _cheapest(
    journey: Journey, setup: GlassSetup, first: State, how: str
) -> Mapping[OfficeRequest, int]:
    """For each request at the journey's end what it costs at least (Dijkstra)."""
    found: dict[OfficeRequest, int] = {}
    seen: set[tuple[State, str | None]] = set()
    order = count()
    view = present(first, setup)
    focused = focus_after(None, view, None, listening=first.listening, by_keys=True)
    begun = _words(view) if how == "words" else 0
    waiting: list[tuple[int, int, State, View, str | None]] = [
        (begun, next(order), first, view, focused)
    ]
    while waiting:
        cost, _, state, view, focused = heapq.heappop(waiting)
        here = (replace(state, visit=None), focused)  # the visit is the same all the time
        if here in seen:
            continue
        seen.add(here)
        for name, price in _prices(view, focused, state, how):
            if not _on_the_way(journey, state, name, first):
                continue
            after, asked = setup.flow.step(state, Tapped(name))
            for request in asked:
                if isinstance(request, journey.ends):
                    found[request] = min(found.get(request, cost + price), cost + price)
            if not asked and after != state:
                there = present(after, setup)
                extra = _words(there) if how == "words" and there.screen != view.screen else 0
                then = focus_after(view, there, name, listening=state.listening, by_keys=True)
                heapq.heappush(waiting, (cost + price + extra, next(order), after, there, then))
    return found


def _on_the_way(journey: Journey, state: State, name: str, first: State) -> bool:
    if journey == CHECK_IN and state.screen is Screen.CODE:
        return name == (
            f"code.{CODE[len(state.typed)]}" if len(state.typed) < len(CODE) else "code.ok"
        )
    if state.screen is first.screen:
        return name in {FIRST_TAPS[journey], "return.yes"}
    return name.partition(".")[0] in journey.heads


def _prices(view: View, focused: str | None, state: State, how: str) -> Iterator[tuple[str, int]]:
    """What it costs to act on each element of a view."""
    if how in {"taps", "words"}:
        yield from ((name, int(how == "taps")) for name in view.focus_order)
        return
    at = focused if focused in {*view.focus_order, heading_of(view)} else None
    presses = presses_from(view, at, listening=state.listening)
    yield from ((name, presses[name] + 1) for name in view.focus_order if name in presses)


def _words(view: View) -> int:
    """All that is written on it, the bar and names of languages as well."""
    return sum(len(f"{each.text} {each.note}".split()) for each in view.elements)


def costs(
    name: str, panels: Sequence[tuple[int, int]], languages: Sequence[str] | None = None
) -> dict[tuple[Journey, str], Cost]:
    """Of each journey in each language, on the panel where it costs most."""
    profile = profiles.load_profile(name)
    found: dict[tuple[Journey, str], list[Cost]] = {}
    for panel in panels:
        setup = GlassSetup(profile, TEXTS, flow_of(profile), Pane.of(*panel), printer=True)
        for language in languages or profile.languages:
            for journey in JOURNEYS:
                cost = cost_of(journey, setup, language)
                found.setdefault((journey, language), []).append(cost)
    return {key: _worst(each) for key, each in found.items()}


def _worst(found: Sequence[Cost]) -> Cost:
    return Cost(
        max(each.taps for each in found),
        max(each.words for each in found),
        max(each.by_ear for each in found),
        max(each.by_keys for each in found),
        min(each.reached for each in found),
    )


def unreached(found: Mapping[tuple[Journey, str], Cost], name: str) -> Tally:
    """11.2.5.1: whatever can be wished is reached by taps alone, without a path or dragging."""
    profile, tally = profiles.load_profile(name), Tally()
    wanted = {
        NUMBER_FEW: FEW,
        NUMBER_MANY: len(profile.topics),
        SMILEY: profile.score_levels,
        SHEET: len(profile.directory),
    }
    for (journey, language), cost in found.items():
        missing = wanted.get(journey, 1) - cost.reached
        tally.add(("", language), [f"{journey.name}: {missing} missing"] if missing > 0 else [])
    return tally


TABLE = """
## Taps, words and key presses

Counted by `tests/norms/journeys.py` over the flow and the screens as they are: of each thing that
can be wished the shortest way, and of these the longest. Words are all that is written on the
screens until the last touch, names and bar included. By ear with headphones in, from the heading
on; by keys without the voice. First the 10.1-inch panel, behind it the worst of all panels, where
one page more is a tap more. Wanted are two taps with up to six topics and three with more, 60 words
and twelve presses by ear; what is more than that is bold. The former glass (commit before the
redesign, as issue and measurement of then have it) took five taps, a hundred words and, by keys, 29
presses.

| journey | language | taps | words | presses by ear | by keys |
| --- | --- | --- | --- | --- | --- |
"""


def table(
    usual: Mapping[tuple[Journey, str], Cost], worst: Mapping[tuple[Journey, str], Cost]
) -> str:
    """A line for each journey and language."""
    lines = [TABLE]
    for journey in JOURNEYS:
        for (each, language), cost in usual.items():
            if each == journey:
                most = worst[journey, language]
                cells = [
                    _cell(cost.taps, most.taps, _most_taps(journey)),
                    _cell(cost.words, most.words, _only_numbers(journey, MOST_WORDS)),
                    _cell(cost.by_ear, most.by_ear, _only_numbers(journey, MOST_PRESSES)),
                    _cell(cost.by_keys, most.by_keys, None),
                ]
                lines.append(f"| {journey.name} | `{language}` | {' | '.join(cells)} |\n")
    return "".join(lines)


def _cell(usual: int, worst: int, most: int | None) -> str:
    shown = [
        f"**{each}**" if most is not None and each > most else str(each) for each in (usual, worst)
    ]
    return shown[0] if usual == worst else f"{shown[0]} ({shown[1]})"


def _most_taps(journey: Journey) -> int | None:
    return {NUMBER_FEW: MOST_TAPS_FEW, NUMBER_MANY: MOST_TAPS_MANY}.get(journey)


def _only_numbers(journey: Journey, limit: int) -> int | None:
    return limit if journey in {NUMBER_FEW, NUMBER_MANY} else None

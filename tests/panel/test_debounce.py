"""One press is one press, however the contact behaves. tests/panel/traces has the contacts."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.buttons.port import ButtonEdge
from kiosk.devices.debounce import LOCK_S, SHORTED_S, STUCK_S, Press, PressRule, PressTimes
from kiosk.domain.keys import Key
from kiosk.panel.button_actions import times_of
from kiosk.settings.config.devices import ButtonsSettings

TRACES = Path(__file__).with_name("traces")
TIMES = PressTimes()
LATER_S = 60.0

Edge = tuple[float, bool]
"""Seconds, and whether the contact closes."""


@dataclass(frozen=True)
class Trace:
    """`presses` is how often a person pressed while these edges were made."""

    name: str
    presses: int
    edges: tuple[Edge, ...]


def traces() -> list[Trace]:
    return [read(path) for path in sorted(TRACES.glob("*.csv"))]


def read(path: Path) -> Trace:
    """A file `..._<presses>.csv` with a line for each edge: microseconds, and 1 for closed."""
    with path.open(newline="") as lines:
        rows = [(int(row["us"]) / 1e6, row["closed"] == "1") for row in csv.DictReader(lines)]
    name, _, presses = path.stem.rpartition("_")
    return Trace(name, int(presses), tuple(rows))


def presses_of(
    edges: tuple[Edge, ...], name: str = "smiley.5", times: PressTimes = TIMES
) -> list[Press]:
    rule = PressRule({name: times})
    found = [press for at_s, closes in edges for press in rule.hear(ButtonEdge(name, closes, at_s))]
    return [*found, *rule.settle(edges[-1][0] + LATER_S if edges else LATER_S)]


@pytest.mark.parametrize("trace", traces(), ids=lambda trace: trace.name)
def test_each_press_of_a_trace_counts_once(trace: Trace) -> None:
    assert len(presses_of(trace.edges)) == trace.presses


def test_the_next_person_may_press_the_same_worn_contact() -> None:
    for trace in traces():
        again = tuple((at_s + 20.0, closes) for at_s, closes in trace.edges)
        assert len(presses_of(trace.edges + again)) == 2 * trace.presses, trace.name


def test_a_press_counts_as_soon_as_the_bounce_time_is_over_without_another_edge() -> None:
    rule = PressRule({"next": TIMES})
    rule.hear(ButtonEdge("next", down=True, at_s=1.0))
    assert rule.next_due_s() == pytest.approx(1.010)
    assert rule.settle(1.0099) == []
    assert rule.settle(1.0101) == [Press("next", 1.0)]
    assert rule.settle(1.02) == []


def test_a_release_alone_is_no_press() -> None:
    assert presses_of(((0.0, False), (3.0, False))) == []


def test_one_person_gives_one_smiley() -> None:
    rule = PressRule({})
    for at_s, name in ((0.0, "smiley.1"), (0.3, "smiley.2"), (0.6, "smiley.5"), (2.5, "smiley.4")):
        pressed = tap(rule, name, at_s)
        assert bool(pressed) == (name in {"smiley.1", "smiley.4"})


def test_a_smiley_does_not_delay_the_staff() -> None:
    rule = PressRule({})
    assert tap(rule, "smiley.1", 0.0)
    assert tap(rule, "next", 0.1)


def test_a_key_counts_again_as_soon_as_its_own_lock_is_over() -> None:
    rule = PressRule({"key.down": PressTimes(lock_s=0.1, rest_s=0.0)})
    presses = [bool(tap(rule, "key.down", n * 0.2)) for n in range(5)]
    assert presses == [True] * 5
    trembling = [bool(tap(rule, "key.down", 10 + n * 0.12)) for n in range(5)]
    assert trembling == [True] + [False] * 4


def test_a_contact_that_is_closed_when_the_buttons_are_opened_is_no_press() -> None:
    rule = PressRule({"next": TIMES})
    rule.begin({"next"}, 5.0)
    assert rule.settle(LATER_S) == []
    assert rule.hear(ButtonEdge("next", down=False, at_s=LATER_S)) == []
    assert tap(rule, "next", LATER_S + 1)


def test_a_press_that_a_restart_interrupts_is_not_counted_twice() -> None:
    rule = PressRule({"next": TIMES})
    assert rule.hear(ButtonEdge("next", down=True, at_s=1.0)) == []
    assert rule.settle(1.1) == [Press("next", 1.0)]
    rule.begin({"next"}, 1.2)
    rule.hear(ButtonEdge("next", down=False, at_s=1.3))
    assert rule.settle(2.0) == []


def test_a_stuck_button_is_named_counts_once_and_stops_no_other() -> None:
    rule = PressRule({"smiley.1": TIMES, "smiley.2": TIMES})
    rule.hear(ButtonEdge("smiley.1", down=True, at_s=0.0))
    assert [press.name for press in rule.settle(STUCK_S - 1)] == ["smiley.1"]
    assert rule.stuck(STUCK_S - 1) == ()
    assert rule.stuck(STUCK_S) == ("smiley.1",)
    assert tap(rule, "smiley.2", 100.0)
    assert rule.stuck(200.0) == ("smiley.1",)
    rule.hear(ButtonEdge("smiley.1", down=False, at_s=200.0))
    assert rule.settle(201.0) == []
    assert rule.stuck(201.0) == ()


def test_a_button_that_is_stuck_from_the_start_is_named_too() -> None:
    rule = PressRule({"smiley.1": TIMES})
    rule.begin({"smiley.1"}, 100.0)
    assert rule.stuck(100 + STUCK_S) == ("smiley.1",)
    assert rule.settle(LATER_S) == []


def test_a_shorted_cable_is_no_press_and_is_reported_by_its_group() -> None:
    names = [f"smiley.{score}" for score in range(1, 6)]
    rule = PressRule(dict.fromkeys([*names, "next"], TIMES))
    for late, name in enumerate(names):
        assert rule.hear(ButtonEdge(name, down=True, at_s=late * 0.001)) == []
    assert rule.settle(1.0) == []
    assert rule.shorted(1.0) == ()
    assert rule.shorted(0.02 + SHORTED_S) == ("smiley",)
    rule.hear(ButtonEdge("smiley.3", down=False, at_s=10.0))
    rule.settle(11.0)
    assert rule.shorted(11.0) == ()


def tap(rule: PressRule, name: str, at_s: float) -> list[Press]:
    """A person taps for 60 ms."""
    rule.hear(ButtonEdge(name, down=True, at_s=at_s))
    presses = rule.hear(ButtonEdge(name, down=False, at_s=at_s + 0.06))
    return presses + rule.settle(at_s + 0.06 + TIMES.bounce_s)


milliseconds = st.integers(1, 60)
bounces = st.lists(st.floats(0.01, 0.99), max_size=40).map(lambda parts: parts[: len(parts) & ~1])


@given(st.data(), milliseconds)
def test_every_press_with_a_shorter_bounce_counts_once(data: st.DataObject, limit_ms: int) -> None:
    limit_s = limit_ms / 1000
    times = PressTimes(limit_s)
    edges, at_s, presses = list[Edge](), 0.0, data.draw(st.integers(1, 4), "presses")
    for _ in range(presses):
        for closes in (True, False):  # bounces when it closes, and when it opens
            edges.append((at_s, closes))
            for part in data.draw(bounces, "bounce, as parts of the limit"):
                at_s += part * limit_s
                edges.append((at_s, not edges[-1][1]))
            least_s = limit_s if closes else max(limit_s, times.rest_s)
            at_s += least_s + data.draw(st.floats(0.001, 3.0), "until the next movement")
    assert len(presses_of(tuple(edges), times=times)) == presses


@given(st.lists(st.tuples(st.floats(0.0, 0.99), st.floats(0.0, 2.0)), max_size=60), milliseconds)
def test_spikes_shorter_than_the_bounce_time_are_never_a_press(
    spikes: list[tuple[float, float]], limit_ms: int
) -> None:
    edges, at_s, limit_s = list[Edge](), 0.0, limit_ms / 1000
    for part, gap_s in spikes:
        edges += [(at_s, True), (at_s + part * limit_s, False)]
        at_s += part * limit_s + gap_s
    assert presses_of(tuple(edges), times=PressTimes(limit_s)) == []


@given(st.lists(st.tuples(st.floats(0, 0.49), st.booleans()), max_size=50))
def test_whatever_happens_within_the_lock_is_at_most_one_press(edges: list[Edge]) -> None:
    assert len(presses_of(tuple(sorted(edges)))) <= 1


@pytest.mark.parametrize("key", Key)
def test_a_double_strike_of_any_key_counts_once_where_the_lock_is_half_a_second(key: Key) -> None:
    times = times_of(ButtonsSettings(key_lock_ms=500))[f"key.{key}"]
    strikes = ((1.0, True), (1.06, False), (1.06 + LOCK_S - 0.01, True), (1.6, False))
    assert len(presses_of(strikes, f"key.{key}", times)) == 1
    assert len(presses_of((*strikes, (3.0, True), (3.1, False)), f"key.{key}", times)) == 2

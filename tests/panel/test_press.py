"""One press is one press, however the contact behaves. Traces: seconds, and down or up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.buttons.port import ButtonEdge
from kiosk.panel.press import PressRule, PressTimes

CLEAN = ((0.000, "down"), (0.130, "up"))
# A micro switch bounces some milliseconds long when it closes, and again when it opens.
BOUNCING = (
    (0.0000, "down"), (0.0004, "up"), (0.0007, "down"), (0.0019, "up"), (0.0022, "down"),
    (0.1310, "up"), (0.1314, "down"), (0.1320, "up"),
)  # fmt: skip
# Held for seconds: only the bounce of the release would look like a second press.
HELD = ((0.0, "down"), (4.0, "up"), (4.003, "down"), (4.004, "up"))
# Typed on a keyboard and held: the first repeat comes late, the others fast.
REPEATED = ((0.0, "down"), *((0.5 + n / 60, ("up", "down")[n % 2]) for n in range(120)))
# A child drums.
DRUMMED = tuple(
    (n * 0.15 + late, way) for n in range(20) for late, way in ((0, "down"), (0.07, "up"))
)
# A loose wire in a driving bus.
RATTLING = tuple((n * 0.011, "down" if n % 2 == 0 else "up") for n in range(900))


def presses(trace: tuple[tuple[float, str], ...], name: str = "smiley.5") -> int:
    rule = PressRule(PressTimes())
    return sum(rule.counts(ButtonEdge(name, way == "down", at_s)) for at_s, way in trace)


@pytest.mark.parametrize("trace", [CLEAN, BOUNCING, HELD, REPEATED, DRUMMED, RATTLING])
def test_is_one_press(trace: tuple[tuple[float, str], ...]) -> None:
    assert presses(trace) == 1


def test_the_next_person_may_press_the_same_button() -> None:
    second = tuple((at_s + 3.0, way) for at_s, way in BOUNCING)
    assert presses(BOUNCING + second) == 2


def test_a_release_alone_is_no_press() -> None:
    assert presses(((0.0, "up"), (3.0, "up"))) == 0


def test_one_person_gives_one_smiley() -> None:
    rule = PressRule(PressTimes())
    counted = [
        rule.counts(ButtonEdge(name, down=True, at_s=at_s))
        for at_s, name in (
            (0.0, "smiley.1"),
            (0.3, "smiley.2"),
            (0.6, "smiley.5"),
            (2.5, "smiley.4"),
        )
    ]
    assert counted == [True, False, False, True]


def test_a_smiley_does_not_delay_the_staff() -> None:
    rule = PressRule(PressTimes())
    assert rule.counts(ButtonEdge("smiley.1", down=True, at_s=0.0))
    assert rule.counts(ButtonEdge("next", down=True, at_s=0.1))


@given(st.lists(st.tuples(st.floats(0, 0.49), st.sampled_from(["down", "up"])), max_size=50))
def test_whatever_happens_within_the_lock_is_at_most_one_press(
    edges: list[tuple[float, str]],
) -> None:
    assert presses(tuple(sorted(edges))) <= 1

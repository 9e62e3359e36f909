"""Builds the traces anew from the measurements that README.md names: `python build.py`."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 20040401
LAST_US = 130_000
"""How long a person presses, unless told otherwise."""

Edges = list[tuple[int, int]]


def bouncing(chance: random.Random, at_us: int, closes: int, over_us: int, moves: int) -> Edges:
    """An even number of moves within that time, after which the contact stays as it shall."""
    inner = sorted(chance.sample(range(at_us + 1, at_us + over_us), moves - moves % 2))
    return [(at_us, closes), *((us, (closes + n) % 2) for n, us in enumerate(inner, start=1))]


def press(
    chance: random.Random, at_us: int, close: tuple[int, int], open_: tuple[int, int]
) -> Edges:
    """`close` and `open_`: for how many microseconds it bounces, and with how many moves."""
    released_us = at_us + close[0] + LAST_US
    return bouncing(chance, at_us, 1, *close) + bouncing(chance, released_us, 0, *open_)


def spikes(chance: random.Random, count: int, longest_us: int, every_us: int) -> Iterator[Edges]:
    for n in range(count):
        at_us = n * every_us + chance.randrange(every_us // 4)
        yield [(at_us, 1), (at_us + chance.randint(1, longest_us), 0)]


def traces() -> dict[str, Edges]:
    chance = random.Random(SEED)
    held = [(0, 1), (4_000_000, 0), (4_003_000, 1), (4_004_000, 0)]
    drummed = [(n * 150_000 + late, 1 - late // 70_000) for n in range(20) for late in (0, 70_000)]
    rattling = [(n * 11_000, 1 - n % 2) for n in range(900)]
    long_cable = [edge for spike in spikes(chance, 12, 300, 250_000) for edge in spike]
    cable_press = press(chance, 3_100_000, (1_200, 8), (900, 6))
    ignition = [edge for spike in spikes(chance, 200, 2_500, 33_000) for edge in spike]
    bumps = press(chance, 0, (1_500, 6), (2_000, 6))
    vibration = [(0, 1), *(pair for n in range(1, 9) for pair in _gap(n * 400_000)), (4_000_000, 0)]
    return {
        "clean_1": [(0, 1), (LAST_US, 0)],
        "micro_switch_1": press(chance, 0, (1_557, 10), (1_100, 8)),
        "tactile_switch_1": press(chance, 0, (450, 4), (300, 2)),
        "arcade_button_1": press(chance, 0, (6_200, 22), (5_100, 16)),
        "slow_finger_1": press(chance, 0, (39_000, 24), (39_000, 24)),
        "worn_contact_closing_1": press(chance, 0, (90_000, 60), (40_000, 30)),
        "worn_contact_opening_1": press(chance, 0, (3_000, 8), (157_000, 70)),
        "two_people_2": [*bumps, *((us + 3_000_000, way) for us, way in bumps)],
        "held_for_seconds_1": held,
        "held_while_driving_1": vibration,
        "drumming_child_1": drummed,
        "loose_wire_1": rattling,
        "long_cable_with_spikes_1": [*long_cable, *cable_press],
        "spikes_of_the_ignition_0": ignition,
        "static_discharge_0": [(0, 1), (1, 0), (3, 1), (4, 0), (90, 1), (92, 0)],
    }


def _gap(at_us: int) -> Edges:
    """A pothole opens a held contact for three milliseconds."""
    return [(at_us, 0), (at_us + 3_000, 1)]


if __name__ == "__main__":
    for name, edges in traces().items():
        with Path(__file__).with_name(f"{name}.csv").open("w", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(["us", "closed"])
            rows.writerows(edges)

"""Sentences about boxes and their gaps, for `kiosk office status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.fleet.gaps import Gap
    from kiosk.fleet.status import BoxStatus

_ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth"}


def box_in_words(found: BoxStatus) -> str:
    """What a box has delivered, in one line."""
    box = found.box
    told = f"{box.in_words}: {_delivered(found)}"
    notes = [
        *([f"replaces {box.replaces}"] if box.replaces else []),
        *([f"retired on {box.retired_on}"] if box.retired_on else []),
        *(["contains simulated people"] if found.last and found.last.simulated else []),
        *([f"calls itself {name!r}"] if (name := _own_name(found)) else []),
    ]
    return "; ".join([told, *notes]) + "."


def _delivered(found: BoxStatus) -> str:
    if not found.last:
        return "has not delivered anything" + ("" if found.box.retired_on else " yet")
    noun = "package" if found.packages == 1 else "packages"
    received = f"{found.received_at:%Y-%m-%d}" if found.received_at else "never"
    return f"{found.packages} {noun}, the last of {found.last.period}, received {received}"


def health_in_words(found: BoxStatus) -> str:
    """What the box has told of itself last; empty where it tells nothing."""
    if found.told is None or found.box.retired_on:
        return ""
    told = found.told
    bad = ", ".join(f"{check.name} ({check.result})" for check in found.checks)
    health = bad or ("all checks are well" if told.status.checks else "not checked yet")
    return f"Radhaus {told.status.version}, seen {told.received_at:%Y-%m-%d %H:%M} UTC: {health}."


def update_in_words(found: BoxStatus) -> str:
    """The image of an appliance, and what becomes of the next one; empty of other boxes."""
    update = found.update
    if update is None:
        return ""
    words = {
        "fetching": f"{update.percent} % of it were fetched",
        "installing": "is being installed",
        "waiting": "starts when the box is switched on the next time",
        "refused": "was refused",
        "interrupted": "was cut off",
    }
    told = f"Image {update.running}"
    if what := words.get(update.state):
        told = f"{told}; {update.version} {what}"
    elif not update.fetches:
        told = f"{told}; takes updates from sticks alone"
    return f"{told}: {update.reason}" if update.reason else f"{told}."


def _own_name(found: BoxStatus) -> str:
    own = found.last.device_name if found.last else ""
    return own if own and not found.box.name.startswith(own) else ""


def gap_in_words(gap: Gap) -> str:
    """`second quarter of 2026 is missing`, and what to do."""
    units = " and ".join(map(unit_in_words, gap.units))
    if gap.kind == "not_run":
        return f"{units}: did not run, or counted nobody; its chain of packages is whole"
    if gap.kind == "overdue":
        return f"{units}: nothing has come yet; fetch it by stick or look at its upload"
    numbers = "package {0}" if gap.packages and gap.packages[0] == gap.packages[1] else ""
    named = (numbers or "packages {0} to {1}").format(*(gap.packages or ("?", "?")))
    what = f"{units} is missing ({named})" if units else f"{named} missing"
    return f"{what}: export it again on the box, and collect it"


def unit_in_words(unit: str) -> str:
    """A quarter or a month."""
    year, _, part = unit.partition("-")
    return f"{_ORDINALS[part[1]]} quarter of {year}" if part.startswith("Q") else unit

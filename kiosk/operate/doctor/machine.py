"""Checks of Python, SQLite, the clock and the services."""

from __future__ import annotations

import re
import subprocess
from importlib.metadata import metadata
from typing import TYPE_CHECKING

from kiosk.devices.finding import Finding, failure, ok, warning
from kiosk.store.examination import OLDEST_SQLITE
from kiosk.system.heartbeat import doors_seen

if TYPE_CHECKING:
    from kiosk.operate.doctor.host import Host

SERVICES = ("kiosk-touch", "kiosk-console", "kiosk-panel")
MANY_RESTARTS = 3


def python(host: Host) -> Finding:
    """What pyproject.toml requires, as the installed package tells it."""
    version = ".".join(map(str, host.python))
    needed = metadata("radhaus")["Requires-Python"]
    bounds = [tuple(map(int, bound.split("."))) for bound in re.findall(r"[\d.]+", needed)]
    if min(bounds) <= host.python < max(bounds):
        return ok(f"Python {version}.")
    return failure(
        f"Python {version} does not fit: {needed} is needed.",
        "Run script/setup with the python3 of Debian 12 or 13 first on the PATH.",
    )


def sqlite(host: Host) -> Finding:
    """A library with STRICT tables, a write-ahead log, and locks between threads."""
    library = host.sqlite()
    version = ".".join(map(str, library.version))
    remedy = "Use the python3 of Debian 12 or 13, which brings a fitting SQLite."
    if library.version < OLDEST_SQLITE:
        return failure(f"SQLite {version} is too old: 3.37 is needed.", remedy)
    wrong = sorted(library.options & {"OMIT_WAL", "THREADSAFE=0"})
    if wrong:
        return failure(f"SQLite {version} was built with {', '.join(wrong)}.", remedy)
    return ok(f"SQLite {version}.")


def clock(host: Host) -> Finding:
    """Numbers and queue never need the clock; hours and periods do."""
    if host.settings().trust_always:
        return ok("The clock is trusted as it is, as config.toml says.")
    if host.clock_is_set():
        return ok("The clock has been set since the machine started.")
    return warning(
        "The clock has not been set since the machine started: hours and days are not counted.",
        "Connect a network with a time server and look at 'timedatectl', or let staff set"
        " it at /staff/clock; numbers and calls work without.",
    )


def services(host: Host) -> Finding:
    """The three services, as systemd sees them."""
    if not host.is_appliance:
        return ok("No services are installed here; 'kiosk run' starts them on a desk.")
    if not (host.root / "run/systemd/system").is_dir():
        return warning(
            "systemd does not run here.", "Start the machine itself, or use 'kiosk run'."
        )
    every = {service: _state(host, service) for service in SERVICES}
    states = {
        service: state for service, state in every.items() if state.get("LoadState") != "masked"
    }
    for service, state in states.items():
        if state.get("ActiveState") != "active":
            return failure(
                f"{service} is {state.get('ActiveState') or 'unknown to systemd'}.",
                f"See why: journalctl --unit {service}. Then: systemctl restart {service}.",
            )
    for service, state in states.items():
        if int(state.get("NRestarts") or 0) >= MANY_RESTARTS:
            return warning(
                f"{service} runs, but had to be started again {state['NRestarts']} times.",
                f"See why: journalctl --unit {service}.",
            )
    if states == every:
        return ok("Glass, console and panel are running.")
    shut = ", ".join(sorted(every.keys() - states.keys()))
    return ok(f"Taken out of service here: {shut}. The others are running.")


def doors(host: Host) -> Finding:
    """Whether the main loop of each door turns: one that hangs is still active to systemd."""
    seen = doors_seen(host.paths)
    silent = [each for each in seen if not each.alive]
    if not host.is_appliance and all(each.age_s is None for each in seen):
        return ok("None is open here; 'kiosk run' opens them on a desk.")
    if silent:
        told = "; ".join(f"{each.door} {each.sentence}" for each in silent)
        return failure(
            f"{told[0].upper()}{told[1:]}.",
            f"See why: journalctl --unit kiosk-{silent[0].door}. A hung one is started again by"
            f" itself; else: systemctl restart kiosk-{silent[0].door}.",
        )
    return ok("Those that were opened answer.")


def _state(host: Host, service: str) -> dict[str, str]:
    done = subprocess.run(
        [host.systemctl, "show", "--property=LoadState,ActiveState,NRestarts", service],
        capture_output=True,
        text=True,
        check=False,
    )
    pairs = (line.partition("=") for line in done.stdout.splitlines())
    return {name: value for name, _, value in pairs}

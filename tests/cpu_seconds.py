"""pytest plugin that lists the dearest tests: `script/test -p tests.cpu_seconds tests/console`.

Counted are the CPU seconds of the test with its fixtures, and of processes that ended meanwhile: on
a machine with other work the wall clock tells little.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

SHOWN = 25
_BEGAN_S = pytest.StashKey[float]()


def _cpu_s() -> float:
    return sum(os.times()[:4])


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before the fixtures of the test."""
    item.stash[_BEGAN_S] = _cpu_s()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """The last report of a test takes its cost along, to the process that writes the summary."""
    if call.when == "teardown":
        item.user_properties.append(("cpu_s", _cpu_s() - item.stash[_BEGAN_S]))
    return (yield)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A line for each of the dearest."""
    costs = [
        (cost, report.nodeid)
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", None) == "teardown"
        for name, cost in report.user_properties
        if name == "cpu_s"
    ]
    terminalreporter.section(f"{sum(cost for cost, _ in costs):.0f} CPU seconds in tests")
    for cost, test in sorted(costs, reverse=True)[:SHOWN]:
        terminalreporter.write_line(f"{cost:7.2f} {test}")

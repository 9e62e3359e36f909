"""`kiosk doctor`: what is wrong with this box."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kiosk.cli.command_name import as_typed
from kiosk.cli.common import OutputNotWritable, data_option, json_option, print_json
from kiosk.devices.finding import Result
from kiosk.domain.errors import Refused
from kiosk.operate.doctor import keep_report, run_checks
from kiosk.operate.doctor.host import Host

if TYPE_CHECKING:
    from kiosk.operate.doctor import Report
    from kiosk.system.paths import Paths

_COLOURS = {Result.OK: "green", Result.WARNING: "yellow", Result.FAILURE: "red"}


class ChecksFailed(Refused):
    """At least one check failed."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        super().__init__(f"Failed: {', '.join(names)}.")


@click.command()
@click.option("--keep", is_flag=True, help="For the staff page too, which shows the last run.")
@json_option
@data_option
def command(paths: Paths, *, keep: bool, as_json: bool) -> None:
    """Check this box; exit 1 when a check failed, 0 with warnings only."""
    host = Host(paths)
    reports = run_checks(host)
    if keep:
        _keep(host, reports)
    if as_json:
        print_json({"checks": reports})
    else:
        for report in reports:
            _show(report)
    failed = [report.name for report in reports if report.result is Result.FAILURE]
    if failed:
        raise ChecksFailed(failed)


def _keep(host: Host, reports: list[Report]) -> None:
    try:
        keep_report(host, reports)
    except OSError as error:
        raise OutputNotWritable(host.paths.health_report, error.strerror) from None


def _show(report: Report) -> None:
    result = click.style(f"{report.result:<8}", fg=_COLOURS[report.result])
    indented = report.cause.replace("\n", f"\n{'':25}")
    click.echo(f"{result} {report.name:<15} {indented}")
    if report.remedy:
        click.echo(f"{'':25}-> {as_typed(report.remedy)}")

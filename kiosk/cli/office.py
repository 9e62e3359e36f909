"""`kiosk office`: takes in the packages of many boxes, and tells and reports what there is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli import office_box, office_serve, office_update
from kiosk.cli.common import json_option, print_json, report_file_option
from kiosk.cli.office_options import fleet_options, now, open_fleet, request_options
from kiosk.cli.office_words import box_in_words, gap_in_words, health_in_words, update_in_words
from kiosk.cli.terminal import on_terminal, one_line

if TYPE_CHECKING:
    from kiosk.cli.office_options import FleetSource
    from kiosk.fleet.collect import CollectedFolder
    from kiosk.fleet.report_request import ReportRequest
    from kiosk.fleet.status import BoxStatus, FleetStatus
    from kiosk.fleet.verdict import IntakeResult


@click.group()
def command() -> None:
    """Take in the packages of many boxes, name gaps, and report over all of them."""


command.add_command(office_box.command)
command.add_command(office_update.command)
command.add_command(office_serve.serve)
command.add_command(office_serve.password)
command.add_command(office_serve.metrics_token)


@command.command()
@click.argument(
    "folders", nargs=-1, required=True, metavar="DIR...", type=click.Path(path_type=Path)
)
@json_option
@fleet_options
@click.pass_context
def collect(
    context: click.Context,
    source: FleetSource,
    folders: tuple[Path, ...],
    *,
    as_json: bool,
) -> None:
    """Take in the packages in these folders and sticks, each once."""
    with open_fleet(source) as database:
        from kiosk.fleet.collect import collect_folder
        from kiosk.fleet.received import count_candidates

        collected = []
        for folder in folders:
            count = count_candidates(folder)
            with click.progressbar(length=count, label="Reading", **on_terminal()) as bar:

                def advance(_: IntakeResult) -> None:
                    bar.update(1)

                collected.append(collect_folder(database, folder, now, advance))
    refused = [result for one in collected for result in one.refused]
    if as_json:
        print_json(_collected(collected))
    else:
        for one in collected:
            told = f"{one.taken} taken in, {one.known} there already, {len(one.refused)} refused"
            click.echo(one_line(f"{one.place}: {told}."))
        for result in refused:
            click.echo(one_line(f"kiosk: {result.place}: {result.reason}."), err=True)
    if refused:
        context.exit(1)


def _collected(folders: list[CollectedFolder]) -> object:
    return {
        "taken": sum(folder.taken for folder in folders),
        "known": sum(folder.known for folder in folders),
        "refused": [
            {
                "place": result.place,
                "device": result.device,
                "period": result.period,
                "verdict": result.verdict,
                "reason": result.reason,
            }
            for folder in folders
            for result in folder.refused
        ],
    }


@command.command()
@json_option
@fleet_options
def status(source: FleetSource, *, as_json: bool) -> None:
    """Show who delivered what and when last, gaps, and what was refused."""
    with open_fleet(source) as database, database.read() as connection:
        from kiosk.fleet.status import fleet_status

        found = fleet_status(connection, now().date())
    if as_json:
        print_json(_status(found))
        return
    for box in found.boxes:
        click.echo(one_line(box_in_words(box)))
        if health := health_in_words(box):
            click.echo(one_line(f"  {health}"))
        if update := update_in_words(box):
            click.echo(one_line(f"  {update}"))
        for gap in box.gaps:
            click.echo(one_line(f"  {gap_in_words(gap)}."))
    for awaited in found.awaited:
        when = f"{awaited.prepared_at:%Y-%m-%d}"
        click.echo(one_line(f"{awaited.name}: prepared {when}, not heard of yet."))
    for topic in found.renamed:
        labels = ", then ".join(f"{label!r} ({first})" for label, first in topic.labels)
        click.echo(one_line(f"Topic {topic.topic} was called {labels}; it is counted as one."))
    for finding in found.findings:
        times = f" ({finding.times} times)" if finding.times > 1 else ""
        what = f"Finding {finding.id}: {finding.package}{times}: {finding.text}."
        click.echo(one_line(what))
    if not (found.boxes or found.awaited):
        click.echo("No box was added yet: 'kiosk office box add FILE' adds one.")


def _status(found: FleetStatus) -> object:
    return {
        "boxes": [_box(box) for box in found.boxes],
        "awaited": [
            {"name": box.name, "replaces": box.replaces, "prepared_at": box.prepared_at}
            for box in found.awaited
        ],
        "topics": [
            {
                "topic": topic.topic,
                "labels": [{"label": label, "from": first} for label, first in topic.labels],
            }
            for topic in found.renamed
        ],
        "findings": [
            {
                "id": finding.id,
                "kind": finding.kind,
                "device": finding.device,
                "package": finding.package,
                "text": finding.text,
                "seen_at": finding.seen_at,
                "times": finding.times,
            }
            for finding in found.findings
        ],
    }


def _box(found: BoxStatus) -> object:
    return {
        "device": found.box.device,
        "name": found.box.name,
        "replaces": found.box.replaces,
        "retired_on": found.box.retired_on,
        "packages": found.packages,
        "people": found.people,
        "last_period": found.last.period if found.last else None,
        "last_received": found.received_at,
        "simulated": bool(found.last and found.last.simulated),
        "last_seen": found.seen_at,
        "version": found.told.status.version if found.told else None,
        "update": found.update,
        "checked": found.told.status.checked if found.told else None,
        "checks": [
            {"name": check.name, "result": check.result}
            for check in (found.told.status.checks if found.told else [])
        ],
        "gaps": [
            {"kind": gap.kind, "units": gap.units, "packages": gap.packages} for gap in found.gaps
        ],
    }


@command.command()
@report_file_option(".html", ".pdf", ".xlsx")
@request_options
@json_option
@fleet_options
def report(source: FleetSource, file: Path, request: ReportRequest, *, as_json: bool) -> None:
    """Write the report over the last quarter of all boxes, or over all between two days."""
    with open_fleet(source) as database:
        from kiosk.export.report.output import write_report
        from kiosk.fleet.report import build_report, count_packages
        from kiosk.fleet.report_files import report_file

        with database.read() as connection:
            count = count_packages(connection, request)
        with click.progressbar(length=count, label="Summing up", **on_terminal()) as bar:
            contents = build_report(database, request, now().date(), bar.update)
        write_report(report_file(contents, file.suffix), file)
    if as_json:
        facts = {"packages": contents.summed.count, "people": contents.summed.merged.total()}
        print_json({"file": str(file.absolute()), **facts})
        return
    noun = "package" if contents.summed.count == 1 else "packages"
    click.echo(f"Written: {file.absolute()} ({contents.summed.count} {noun})")


@command.command()
@click.argument("number", type=int)
@json_option
@fleet_options
def dismiss(source: FleetSource, number: int, *, as_json: bool) -> None:
    """Forget a finding that was looked into."""
    with open_fleet(source) as database, database.write() as connection:
        from kiosk.fleet import findings

        findings.dismiss(connection, number)
    if as_json:
        print_json({"dismissed": number})
        return
    click.echo(f"Finding {number} is dismissed; it comes back if the package does.")

"""`kiosk counts`: close periods, check the ledger, show what is published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.box import open_box
from kiosk.cli.common import data_option, json_option, print_json
from kiosk.cli.received import as_keys, examine_packages, print_packages
from kiosk.counts import ledger
from kiosk.counts.ledger_entry import TABLES
from kiosk.export.verification.chain import chain_faults, ledger_faults
from kiosk.operate.closing import close_ended_periods
from kiosk.service import access

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.counts.ledger_entry import ClosedPeriod
    from kiosk.counts.signing import PublicKey
    from kiosk.export.verification.examination import ExaminedPackage
    from kiosk.system.paths import Paths


@click.group()
def command() -> None:
    """Close periods, check the ledger, show the published counts."""


@command.command()
@click.option("--now", "end_running", is_flag=True, help="End the running period today as well.")
@data_option
def close(paths: Paths, *, end_running: bool) -> None:
    """Round and freeze every period that is over, and destroy its exact counts."""
    closed = close_ended_periods(
        open_box(paths),
        end_running=end_running,
        on_closed=lambda entry: click.echo(f"Closed {_in_words(entry)}."),
    )
    if not closed:
        click.echo("Nothing to close.")


@command.command()
@click.argument("folders", nargs=-1, metavar="[DIR]...", type=click.Path(path_type=Path))
@click.option(
    "--key",
    "keys",
    multiple=True,
    metavar="FILE",
    callback=as_keys,
    help="What a box's 'kiosk counts key' printed; a package signed by no such key is found.",
)
@click.option("--ledger", "by_ledger", is_flag=True, help="Also look whether this box knows them.")
@data_option
@click.pass_context
def verify(
    context: click.Context,
    paths: Paths,
    folders: tuple[Path, ...],
    keys: list[PublicKey],
    *,
    by_ledger: bool,
) -> None:
    """Check this box's ledger; or packages that were received, each DIR one or a folder of them."""
    if by_ledger or not folders:
        _verify_ledger(paths)
    if folders:
        packages = examine_packages(folders, keys)
        faults = chain_faults(packages)
        if by_ledger:
            faults += _unknown_to_ledger(paths, packages)
        if not print_packages(packages, faults):
            context.exit(1)


@command.command()
@json_option
@data_option
def key(paths: Paths, *, as_json: bool) -> None:
    """Show the public key that checks what this box has signed."""
    kiosk = open_box(paths)
    public = ledger.box_key(kiosk.office.database).public
    if as_json:
        device = access.device_id(kiosk.office.database)
        pem = public.pem.decode()
        print_json({"device": device, "public_key": pem, "fingerprint": public.fingerprint})
        return
    click.echo(public.pem, nl=False)
    click.echo(f"Fingerprint: {public.fingerprint}", err=True)


@command.command()
@json_option
@data_option
def show(paths: Paths, *, as_json: bool) -> None:
    """Show what has been closed: rounded counts only, the same as in an export."""
    entries = _entries(paths)
    if as_json:
        print_json(_as_json(entries))
        return
    for entry in entries:
        click.echo(_in_words(entry))
    if not entries:
        click.echo("No period has been closed yet.")


def _verify_ledger(paths: Paths) -> None:
    database = open_box(paths).office.database
    fingerprint = ledger.box_key(database).public.fingerprint
    with database.read() as connection:
        count = len(ledger.read(connection))
    click.echo(
        f"The ledger is intact: {count} {_noun(count, 'entry', 'entries')},"
        f" signed by this box's key {fingerprint}."
    )


def _unknown_to_ledger(paths: Paths, packages: Sequence[ExaminedPackage]) -> list[str]:
    database = open_box(paths).office.database
    with database.read() as connection:
        digests = [frozen.digest.hex() for frozen in ledger.read_frozen(connection)]
    return ledger_faults(packages, access.device_id(database), digests)


def _entries(paths: Paths) -> list[ClosedPeriod]:
    with open_box(paths).office.database.read() as connection:
        return ledger.read(connection)


def _in_words(entry: ClosedPeriod) -> str:
    days = f"{entry.first_day} to {entry.last_day}"
    held = len(entry.tables["visits"])
    visits = f"{held} {_noun(held, 'visit day', 'visit days')}"
    counts = f"about {entry.total()} people, about {entry.total('feedback')} smileys"
    joined = f", with {' and '.join(entry.joined)}" if entry.joined else ""
    return f"{entry.period} ({days}{joined}): {visits}, {counts}"


def _noun(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def _as_json(entries: Sequence[ClosedPeriod]) -> dict[str, object]:
    return {
        "periods": [
            {
                "period": period.period,
                "from": period.first_day,
                "until": period.last_day,
                "joined": period.joined,
                "clock_trusted": period.clock_trusted,
                "method": period.method,
                "tables": {
                    name: [
                        {**dict(zip(TABLES[name], cell, strict=True)), "count": count}
                        for cell, count in cells
                    ]
                    for name, cells in period.tables.items()
                },
            }
            for period in entries
        ]
    }

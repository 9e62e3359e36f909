"""Options that the commands of the office share, and its open database."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from kiosk.cli.common import data_option, from_option, until_option
from kiosk.domain.errors import KioskError
from kiosk.fleet.report_request import ReportRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from kiosk.fleet.database import FleetDatabase
    from kiosk.system.paths import Paths


class OfficeNotInstalled(KioskError):
    """A bus has no use for the libraries of the office, so they are set up apart."""

    def __init__(self, module: str | None) -> None:
        super().__init__(f"{module} is missing: set up the office with 'script/setup office'.")


@dataclass(frozen=True, slots=True)
class FleetSource:
    """Where the office's data lie: a folder, and the database if it is not a file in there."""

    paths: Paths
    url: str | None


def fleet_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--database URL` and `--data DIR`; the command gets `source`."""

    @wraps(command)
    def with_source(*words: Any, paths: Paths, url: str | None, **options: Any) -> Any:  # noqa: ANN401 - whatever click passes on
        return command(*words, source=FleetSource(paths, url), **options)

    return data_option(_database_option(with_source))


def _database_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--database",
        "url",
        metavar="URL",
        envvar="KIOSK_OFFICE_DATABASE",
        help="postgresql://USER@HOST/NAME; also from KIOSK_OFFICE_DATABASE, else a SQLite file in"
        " the data folder.",
    )(command)


def request_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--from`, `--until` and `--box`; the command gets `request`."""

    @wraps(command)
    def with_request(
        *words: Any,  # noqa: ANN401 - as above
        first: date | None,
        last: date | None,
        boxes: tuple[str, ...],
        **options: Any,  # noqa: ANN401 - as above
    ) -> Any:  # noqa: ANN401 - as above
        return command(*words, request=ReportRequest(first, last, boxes), **options)

    wanted = (
        click.option("--box", "boxes", multiple=True, metavar="BOX", help="Only this; repeatable."),
        until_option,
        from_option,
    )
    decorated: Callable[..., Any] = with_request
    for option in wanted:
        decorated = option(decorated)
    return decorated


@contextmanager
def open_fleet(source: FleetSource) -> Iterator[FleetDatabase]:
    """The fleet's database. Raises `FleetDatabaseError`, `OfficeNotInstalled`."""
    try:
        from kiosk.fleet.database import default_url, open_database
    except ModuleNotFoundError as error:
        raise OfficeNotInstalled(error.name) from None
    from kiosk.fleet.errors import FleetDatabaseError

    paths, url = source.paths, source.url
    if url is None:
        try:
            paths.data.mkdir(parents=True, exist_ok=True, mode=0o770)
        except OSError as error:
            raise FleetDatabaseError(
                f"{paths.data} cannot be made ({error.strerror}): choose another --data DIR."
            ) from None
        url = default_url(paths.data)
    database = open_database(url)
    try:
        yield database
    finally:
        database.close()


def now() -> datetime:
    """The office's clock, which its machine sets by the network."""
    return datetime.now(UTC)

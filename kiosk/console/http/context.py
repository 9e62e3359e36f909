"""Application context of the console: what every HTTP handler needs, by dependency injection."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from litestar.di import NamedDependency
from litestar.params import SkipValidation

from kiosk.console.events.broadcast import Broadcast
from kiosk.console.events.event_ids import EventIds
from kiosk.console.events.fair_share import FairShare
from kiosk.console.events.group_waits import GroupWaits
from kiosk.console.events.staff_work import StaffWork
from kiosk.console.events.state_cache import EncodedStateCache, StateCache
from kiosk.console.events.stream_slots import StreamSlots
from kiosk.console.events.ticket_answers import TicketAnswers
from kiosk.console.events.ticket_streams import TicketStreams
from kiosk.console.http.given_smileys import GivenSmileys
from kiosk.console.http.known_browsers import KnownBrowsers
from kiosk.console.http.pending_imports import PendingImports
from kiosk.console.http.pending_surveys import PendingSurveys
from kiosk.console.http.phone_tries import PhoneChanges, PhoneTries
from kiosk.console.http.sessions import Sessions
from kiosk.service.access import StoredSecrets, session_key
from kiosk.settings.texts import Texts
from kiosk.store.data_version import DataVersion
from kiosk.system.disk_probe import DiskProbe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from litestar import Litestar
    from litestar.connection import ASGIConnection

    from hardware.board.port import Readings
    from kiosk.console.http.tls import Tls
    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office
    from kiosk.system.requested_job import RequestedJob


def _no_board() -> Readings | None:
    return None


def _no_backup() -> datetime | None:
    return None


@dataclass(frozen=True, slots=True)
class Equipment:
    """What the pages know of the computer and its devices.

    `stand_ins` are the devices that are only simulated: the kind of each by name. `off_after_s` is
    how long the box goes on once the ignition is off; `board` looks at the computer, and gives None
    where it tells nothing; `chime` is the sound of a call, as WAV. `upload_url` is the server that
    gets the packages, empty without one; `last_backup` tells when the newest backup was written.
    `health` is the job that looks at the whole box and `support` the one that makes a file for the
    help desk, None where nobody could read one; `clock_request` is where a time that staff confirm
    is asked for, None where the clock is not theirs to set; `help_desk` is whom staff call when
    nothing helps and `box_name` what the operator calls the box, both empty where nobody said so.
    `tls` is where staff of other machines are answered; without it, all are at the one port.
    `staff_urls` are the addresses of the staff pages in networks that the box makes for staff, and
    `staff_url_by_name` is the one by its name, empty where no other machine reaches it.
    """

    stand_ins: Mapping[str, str] = field(default_factory=dict)
    off_after_s: int = 60
    board: Callable[[], Readings | None] = _no_board
    chime: Callable[[], bytes] = bytes
    upload_url: str = ""
    last_backup: Callable[[], datetime | None] = _no_backup
    tls: Tls | None = None
    health: RequestedJob | None = None
    support: RequestedJob | None = None
    clock_request: Path | None = None
    help_desk: str = ""
    box_name: str = ""
    staff_urls: tuple[str, ...] = ()
    staff_url_by_name: str = ""


@dataclass(frozen=True, slots=True)
class ConsoleContext:
    """What the console's handlers share: the office, its clock, sessions and streams.

    `hashing` has one thread: each hash of a PIN takes 16 MB.
    """

    office: Office
    now: Callable[[], Moment]
    equipment: Equipment
    sessions: Sessions
    known_browsers: KnownBrowsers
    secrets: StoredSecrets
    broadcast: Broadcast
    texts: Texts
    staff_work: StaffWork
    share: FairShare
    ticket_streams: TicketStreams
    ticket_answers: TicketAnswers
    disk: DiskProbe
    data_version: DataVersion
    stream_slots: StreamSlots = field(default_factory=StreamSlots)
    hashing: ThreadPoolExecutor = field(default_factory=partial(ThreadPoolExecutor, 1))
    state_cache: StateCache[Any] = field(default_factory=StateCache)
    encoded_state: EncodedStateCache = field(default_factory=EncodedStateCache)
    group_waits: GroupWaits = field(default_factory=GroupWaits)
    imports: PendingImports = field(default_factory=PendingImports)
    phone_tries: PhoneTries = field(default_factory=PhoneTries)
    phone_changes: PhoneChanges = field(default_factory=PhoneChanges)
    given_smileys: GivenSmileys = field(default_factory=GivenSmileys)
    pending_surveys: PendingSurveys = field(default_factory=PendingSurveys)


Context: TypeAlias = NamedDependency[SkipValidation[ConsoleContext]]
"""How a handler asks for it: `context: Context`."""


def open_context(
    office: Office, now: Callable[[], Moment], equipment: Equipment | None = None
) -> ConsoleContext:
    """The context of one process. Raises `Refused` when the box is not set up yet."""
    secrets, texts = StoredSecrets(office.database), Texts.load()
    work = StaffWork()
    share = FairShare(work)
    broadcast = Broadcast(EventIds(session_key(office.database)), share)
    data_version = DataVersion(office.database)
    return ConsoleContext(
        office,
        now,
        equipment or Equipment(),
        Sessions(office.database, secrets.session_key),
        KnownBrowsers(secrets.session_key),
        secrets,
        broadcast,
        texts,
        work,
        share,
        TicketStreams(office, texts, now, broadcast, share),
        TicketAnswers(data_version),
        DiskProbe(office.database.path.parent),
        data_version,
    )


def context_of(connection: ASGIConnection[Any, Any, Any, Any]) -> ConsoleContext:
    context: ConsoleContext = connection.app.state["context"]
    return context


def rendered(app: Litestar, template: str, **values: object) -> bytes:
    """A page as HTML."""
    assert app.template_engine  # noqa: S101 - the application has one
    html: str = app.template_engine.get_template(template).render(**values)
    return html.encode()

"""The pages on which staff import a year plan or appointments: choose a file, look, agree."""

from pathlib import Path
from typing import Any, Final

from litestar import Request, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.exceptions import NotAuthorizedException, NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from kiosk.console.http.authentication import renew_session, session_of, staff_only
from kiosk.console.http.context import ConsoleContext, Context
from kiosk.console.http.pending_imports import PendingImport
from kiosk.console.http.sessions import IDLE_S, Session
from kiosk.console.pages.import_kinds import KINDS, ImportKind
from kiosk.console.words.imports import faults_in_german
from kiosk.files.faults import ImportErrors, without_control_characters
from kiosk.files.file_reader import LARGEST_BYTES, ImportFile
from kiosk.service.office import Snapshot
from kiosk.service.timetable import ChangedMeanwhile, check_clock, stop_name

AnyRequest = Request[Any, Any, Any]

LONGEST_NAME: Final = 200
"""Letters of a file's name; it is told wherever the plan is."""


@get("/staff/import/{what:str}", sync_to_thread=True)
def import_page(request: AnyRequest, context: Context, what: FromPath[str]) -> Response[Any]:
    """Where a file is chosen."""
    session = session_of(request)
    if session is None:
        return Redirect("/staff/login")
    renew_session(request, session)
    values = {
        "kind": _kind(what),
        "profile": context.office.profile,
        "clock_set": context.now().trusted,
        "csrf": session.csrf,
        "idle_s": int(IDLE_S),
        "largest_bytes": LARGEST_BYTES,
    }
    return Template("import.html", context=values)


@post(
    "/staff/import/{what:str}/preview",
    guards=[staff_only],
    status_code=200,
    request_max_body_size=LARGEST_BYTES,
)
async def preview_import(
    request: AnyRequest,
    context: Context,
    what: FromPath[str],
    name: FromQuery[str],
    replace_all: FromQuery[bool] = False,  # noqa: FBT002 - `?replace_all=true` in the address
) -> Response[Any]:
    """What a file would change; the body is the file itself."""
    session, kind = _session(request), _kind(what)
    shown = Path(without_control_characters(name).replace("\\", "/")[-LONGEST_NAME:])
    file = ImportFile(Path(shown.name or "datei"), await request.body())
    return await sync_to_thread(_previewed, context, session, kind, file, replace_all)


@post(
    "/staff/import/{what:str}/confirm",
    guards=[staff_only],
    status_code=200,
    sync_to_thread=True,
)
def confirm_import(
    request: AnyRequest, context: Context, what: FromPath[str], token: FromQuery[str]
) -> Response[Any]:
    """Import what a preview has shown; where it holds no longer, show what holds now."""
    session, kind = _session(request), _kind(what)
    pending = context.imports.take(token, session.id, context.now())
    if pending is None or pending.kind != kind.name:
        return Template("import/expired.html", context={"kind": kind}, status_code=410)
    try:
        done = kind.carry_out(
            context.office, pending.parsed, context.now(), pending.replace_all, pending.mark
        )
    except ChangedMeanwhile:
        return _offer(context, session, kind, pending.parsed, pending.replace_all, changed=True)
    except ImportErrors as errors:
        return _faulty(errors)
    return Template("import/done.html", context={"kind": kind, "done": done.preview})


@post("/staff/import/{what:str}/drop", guards=[staff_only], status_code=204, sync_to_thread=True)
def drop_import(
    request: AnyRequest, context: Context, what: FromPath[str], token: FromQuery[str]
) -> None:
    """Drop a pending import."""
    _kind(what)
    context.imports.take(token, _session(request).id, context.now())


def _previewed(
    context: ConsoleContext,
    session: Session,
    kind: ImportKind,
    file: ImportFile,
    replace_all: bool,  # noqa: FBT001 - as it is chosen
) -> Response[Any]:
    check_clock(context.now())
    try:
        with context.imports.one_at_a_time:
            parsed = kind.read(context.office, file, context.now())
        return _offer(context, session, kind, parsed, replace_all)
    except ImportErrors as errors:
        return _faulty(errors)


def _offer(  # noqa: PLR0913 - what an offer is about
    context: ConsoleContext,
    session: Session,
    kind: ImportKind,
    parsed: Any,  # noqa: ANN401 - of either kind
    replace_all: bool,  # noqa: FBT001 - as it is chosen
    *,
    changed: bool = False,
) -> Response[Any]:
    """A preview that waits for a yes."""
    now = context.now()
    found = kind.preview(context.office, parsed, now, replace_all)
    pending = PendingImport(kind.name, parsed, found.mark, replace_all, session.id, now)
    values = {
        "kind": kind,
        "preview": found.preview,
        "token": context.imports.put(pending),
        "open_at": context.office.read(_open_at),
        "changed": changed,
    }
    return Template("import/preview.html", context=values, status_code=409 if changed else 200)


def _faulty(errors: ImportErrors) -> Response[Any]:
    values = {"faults": faults_in_german(errors)}
    return Template("import/faults.html", context=values, status_code=422)


def _open_at(snapshot: Snapshot) -> str:
    """The stop of the open visit, which goes on as it is."""
    return stop_name(snapshot.profile, snapshot.visit.stop) if snapshot.visit else ""


def _kind(what: str) -> ImportKind:
    if what not in KINDS:
        raise NotFoundException
    return KINDS[what]


def _session(request: AnyRequest) -> Session:
    """The session of a browser; a program with the token imports on the command line."""
    session = session_of(request)
    if session is None:
        raise NotAuthorizedException("Log in with the PIN.")
    return session


router = Router(
    path="/",
    route_handlers=[import_page, preview_import, confirm_import, drop_import],
    include_in_schema=False,
)

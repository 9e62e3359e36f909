"""Page of the box's health for staff: what the doctor found last, and what doors report now.

The console has no right to look at devices, services and secrets itself: it asks for a run of the
doctor (`system.requested_job`) and shows the report of the last one, with its age.
"""

from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from litestar import Request, Response, Router, get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect, Template
from msgspec import structs

from hardware.trouble import Trouble
from kiosk.console.http.authentication import renew_session, session_of, staff_only
from kiosk.console.http.context import ConsoleContext, Context
from kiosk.console.http.sessions import IDLE_S
from kiosk.console.pages.desk_devices import devices_of
from kiosk.console.words.devices import TroubledDevice
from kiosk.console.words.report_age import age_in_words, file_age
from kiosk.devices.check_words import words_of_check, words_of_troubles
from kiosk.devices.finding import OWN_CHECKS
from kiosk.devices.technician_words import ADVICE
from kiosk.domain.moment import Moment
from kiosk.service.doors import paths_of
from kiosk.system.health_report import HealthCheck, HealthReport, last_report
from kiosk.system.requested_job import JobState


class Link(NamedTuple):
    """Page on which staff do what is to be done."""

    text: str
    address: str


BAD, LOOK, UNKNOWN, GOOD = "bad", "look", "unknown", "good"
WORDS: Final = {BAD: "Störung", LOOK: "Achtung", UNKNOWN: "Nicht geprüft", GOOD: "In Ordnung"}
"""Levels from the worst on, and how each is called beside its pictogram."""

OLD_S: Final = 5 * 3600.0
"""Longer than between two runs that come by themselves."""

_LEVELS: Final = {"failure": BAD, "warning": LOOK, "ok": GOOD}
_NOT_LOOKED_AT: Final = "Das konnte nicht geprüft werden, weil zuerst etwas anderes zu beheben ist."
_CLOCK: Final = OWN_CHECKS[Trouble.CLOCK_UNKNOWN]
_LINKS: Final = {_CLOCK: Link("Uhr stellen", "/staff/clock")}

AnyRequest = Request[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class HealthRow:
    """One thing: how it is, what that means, what to do, and the English for the technician."""

    level: str
    title: str
    meaning: str
    todo: str
    technical: str
    link: Link | None = None

    @property
    def word(self) -> str:
        return WORDS[self.level]


@dataclass(frozen=True, slots=True)
class HealthPage:
    """Everything on the page; `checked` is empty when the doctor has not run yet."""

    headline: str
    level: str
    rows: list[HealthRow]
    good: list[HealthRow]
    checked: str
    old: bool
    state: str
    support: str
    support_state: str


@get("/staff/health", sync_to_thread=True)
def health_page(request: AnyRequest, context: Context) -> Response[Any]:
    """How the box is, the worst first."""
    session = session_of(request)
    if session is None:
        return Redirect("/staff/login")
    renew_session(request, session)
    values = {
        "page": _page(context),
        "profile": context.office.profile,
        "help_desk": context.equipment.help_desk,
        "csrf": session.csrf,
        "idle_s": int(IDLE_S),
    }
    return Template("health.html", context=values)


@get("/staff/health/view", guards=[staff_only], sync_to_thread=True)
def health_view(context: Context) -> Template:
    """What changes on the page. Looking does not count as being there."""
    values = {"page": _page(context), "help_desk": context.equipment.help_desk}
    return Template("health_view.html", context=values)


@post("/staff/health/check", guards=[staff_only], status_code=202, sync_to_thread=True)
def check_health(context: Context) -> None:
    """Ask for a run of the doctor."""
    if context.equipment.health is None:
        raise NotFoundException
    context.equipment.health.request()


@post("/staff/health/support", guards=[staff_only], status_code=202, sync_to_thread=True)
def make_support_file(context: Context) -> None:
    """Ask for a file for the help desk."""
    if context.equipment.support is None:
        raise NotFoundException
    context.equipment.support.request()


@get(
    "/staff/health/support",
    guards=[staff_only],
    media_type="application/octet-stream",
    sync_to_thread=True,
)
def support_file(context: Context) -> Response[bytes]:
    """The last one, encrypted: nobody in the bus can read it."""
    try:
        content = paths_of(context.office).support_bundle.read_bytes()
    except OSError:
        raise NotFoundException from None
    name = f"radhaus-support_{context.now().wall:%Y-%m-%d}.tar.gz.age"
    return Response(content, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _page(context: ConsoleContext) -> HealthPage:
    now, paths = context.now(), paths_of(context.office)
    with context.office.snapshot() as snapshot:
        troubled = devices_of(snapshot, context, now).troubled
    report = last_report(paths)
    rows = _rows(troubled, report, now)
    shown = [row for row in rows if row.level != GOOD]
    health, support = context.equipment.health, context.equipment.support
    return HealthPage(
        headline=_headline(shown, report),
        level=shown[0].level if shown else GOOD if report else UNKNOWN,
        rows=shown,
        good=[row for row in rows if row.level == GOOD],
        checked=age_in_words(report.moment, now) if report else "",
        old=report is None or _is_old(report, now),
        state=(health.state if health else JobState.IDLE).value,
        support=file_age(paths.support_bundle) if support else "",
        support_state=support.state.value if support else "",
    )


def _rows(
    troubled: list[TroubledDevice], report: HealthReport | None, now: Moment
) -> list[HealthRow]:
    """What is reported now comes in place of what the doctor has found of the same thing."""
    live = [_row_of_trouble(left) for one in troubled if (left := _without_own_checks(one))]
    checks = [_as_now(check, now) for check in (report.checks if report else [])]
    found = {check.name for check in checks if check.result != "ok"}
    live += [_row_of_check(one) for one in _own_checks(troubled, now) if one.name not in found]
    titles = {row.title for row in live}
    rows = [*live, *(row for row in map(_row_of_check, checks) if row.title not in titles)]
    return sorted(rows, key=lambda row: list(WORDS).index(row.level))


def _own_checks(troubled: list[TroubledDevice], now: Moment) -> list[HealthCheck]:
    """As the doctor would tell what doors report now."""
    reported = {trouble for one in troubled for trouble in one.troubles}
    told = [
        HealthCheck(name, "warning", *ADVICE[trouble])
        for trouble, name in OWN_CHECKS.items()
        if trouble in reported
    ]
    return [_as_now(check, now) for check in told]


def _without_own_checks(one: TroubledDevice) -> TroubledDevice | None:
    """None where nothing is left to tell of it."""
    told = dict(zip(one.troubles, one.words, strict=False))
    left = {trouble: words for trouble, words in told.items() if trouble not in OWN_CHECKS}
    if left == told:
        return one
    return replace(one, troubles=tuple(left), words=tuple(left.values())) if left else None


def _as_now(check: HealthCheck, now: Moment) -> HealthCheck:
    """The console sees by itself that the clock has been set meanwhile."""
    is_over = now.trusted and check.name == _CLOCK
    return structs.replace(check, result="ok", examined=True) if is_over else check


def _row_of_trouble(one: TroubledDevice) -> HealthRow:
    words = words_of_troubles(one.name, one.words, one.kind, harmless=one.harmless)
    level = LOOK if one.harmless else BAD
    return HealthRow(level, words.title, words.meaning, words.todo, technical=one.detail)


def _row_of_check(check: HealthCheck) -> HealthRow:
    words = words_of_check(check)
    level = _LEVELS[check.result] if check.examined else UNKNOWN
    technical = f"{check.name}: {check.cause} {check.remedy}".strip()
    if level == GOOD:
        return HealthRow(level, words.title, words.good, "", "")
    if level == UNKNOWN:
        return HealthRow(level, words.title, _NOT_LOOKED_AT, "", technical)
    link = _LINKS.get(check.name)
    return HealthRow(level, words.title, words.meaning, words.todo, technical, link)


def _headline(rows: list[HealthRow], report: HealthReport | None) -> str:
    bad = sum(row.level == BAD for row in rows)
    if bad:
        return "Es gibt eine Störung." if bad == 1 else f"Es gibt {bad} Störungen."
    if report is None:
        return "Diese Box ist noch nicht geprüft."
    if not rows:
        return "Alles ist in Ordnung."
    few = "Auf eine Sache" if len(rows) == 1 else f"Auf {len(rows)} Sachen"
    return f"Der Bus kann arbeiten. {few} sollten Sie achten."


def _is_old(report: HealthReport, now: Moment) -> bool:
    age_s = now.seconds_since(report.moment)
    return age_s is None or age_s > OLD_S


router = Router(
    path="/",
    route_handlers=[health_page, health_view, check_health, make_support_file, support_file],
    include_in_schema=False,
)

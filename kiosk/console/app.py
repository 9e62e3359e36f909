"""Litestar application: routes, middleware, exception handlers."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader
from litestar import Litestar, Response, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException, NotFoundException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.plugins.core import MsgspecDIPlugin
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template import TemplateConfig
from litestar.types import Scope  # noqa: TC002 - read at run time

import kiosk
from kiosk.console.api import (
    appointments,
    button_trial,
    call_backs,
    day,
    desks,
    public,
    schedule,
    sheets,
    slips,
    volume,
)
from kiosk.console.door_watch import watching_doors
from kiosk.console.events.staff_work import LateNotification
from kiosk.console.http.admission import LARGEST_BODY_BYTES
from kiosk.console.http.authentication import add_cookies
from kiosk.console.http.context import ConsoleContext  # noqa: TC001 - read at run time
from kiosk.console.http.headers import TEMPLATES, HostCheck, add_headers
from kiosk.console.http.problems import (
    problem_of_body,
    problem_of_error,
    problem_of_http,
    problem_of_refusal,
)
from kiosk.console.http.secure_transport import SecureOnly
from kiosk.console.http.static_files import STATIC, static_files
from kiosk.console.pages import (
    certificate_page,
    clock_page,
    handout_pages,
    health_page,
    import_pages,
    phone_draw,
    phone_holder,
    poster_page,
    routes,
    ticket_page,
    timetable_page,
)
from kiosk.console.pages.view_answers import ViewAnswers
from kiosk.console.words.keys import KEYS
from kiosk.domain.errors import KioskError
from kiosk.service.access import forget_old_addresses
from kiosk.settings.host_names import further_names

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from litestar.plugins import PluginProtocol


class Console(Litestar):
    """Litestar without pydantic and attrs: it takes in whichever lies beside it.

    On a box neither is installed, but development has both, of 7 MiB: what is tested and measured
    there is what a box runs.
    """

    @staticmethod
    def _get_default_plugins(plugins: list[PluginProtocol]) -> list[PluginProtocol]:
        return [*plugins, MsgspecDIPlugin()]


def create_app(context: ConsoleContext, names: Iterable[str] = ()) -> Litestar:
    """The application of one process. `names` are further names of this box (see `HostCheck`)."""
    app = unbound_app()
    bind(app, context, names)
    return app


def bind(app: Litestar, context: ConsoleContext, names: Iterable[str] = ()) -> None:
    """Let the application answer for this box from now on; it must not be running."""
    host_names = frozenset(map(str.lower, further_names(names, context.office.profile)))
    app.state = State({"context": context, "host_names": host_names})


def unbound_app() -> Litestar:
    """All of the application that is the same for every box: half a second of work."""
    return Console(
        route_handlers=[
            _api(),
            routes.router,
            ticket_page.router,
            phone_draw.router,
            phone_holder.router,
            poster_page.router,
            timetable_page.router,
            import_pages.router,
            health_page.router,
            clock_page.router,
            handout_pages.router,
            certificate_page.router,
            static_files(),
        ],
        dependencies={"context": Provide(_context, sync_to_thread=False)},
        lifespan=[_following],
        middleware=[HostCheck(), SecureOnly()],
        before_send=[add_cookies, add_headers],
        exception_handlers={
            KioskError: problem_of_refusal,
            HTTPException: problem_of_http,
            UnicodeDecodeError: problem_of_body,
            RecursionError: problem_of_body,
            Exception: problem_of_error,
        },
        request_max_body_size=LARGEST_BODY_BYTES,
        template_config=TemplateConfig(instance=_templates()),
        openapi_config=_openapi(),
        logging_config=None,
    )


def _templates() -> JinjaTemplateEngine:
    """Read once: they do not change while the console runs."""
    loader = FileSystemLoader(TEMPLATES)
    environment = Environment(loader=loader, autoescape=True, auto_reload=False)
    environment.globals |= {"keys": KEYS, "static": STATIC}
    return JinjaTemplateEngine(engine_instance=environment)


def _api() -> Router:
    return Router(
        "/api/v1",
        route_handlers=[
            public.state,
            public.queue,
            public.events,
            public.health,
            public.metrics,
            sheets.directory,
            day.router,
            schedule.next_planned,
            schedule.timetable,
            schedule.appointments,
            Router("/", route_handlers=[desks.router], middleware=[ViewAnswers()]),
            appointments.router,
            call_backs.router,
            sheets.router,
            slips.router,
            volume.router,
            button_trial.router,
        ],
    )


def _context(scope: Scope) -> ConsoleContext:
    context: ConsoleContext = scope["litestar_app"].state["context"]
    return context


@asynccontextmanager
async def _following(app: Litestar) -> AsyncIterator[None]:
    context: ConsoleContext = app.state["context"]
    database = context.office.database
    await asyncio.to_thread(forget_old_addresses, database, context.now)
    late = LateNotification(database)
    async with context.broadcast.following(database) as task, watching_doors(context):
        app.state["following"] = task
        with late.running():
            yield
    context.hashing.shutdown(wait=False)
    context.secrets.close()
    context.data_version.close()


def _openapi() -> OpenAPIConfig:
    token = SecurityScheme(type="http", scheme="bearer", description="The API token of the device.")
    return OpenAPIConfig(
        title="Radhaus",
        version=kiosk.__version__,
        description="Numbers, calls and smileys of one advice bus. Errors are problem documents.",
        use_handler_docstrings=True,
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        openapi_router=Router(
            "/schema", route_handlers=[], after_request=_no_page_of_its_own, include_in_schema=False
        ),
        components=Components(security_schemes={"token": token}),
    )


def _no_page_of_its_own(response: Response[Any]) -> Response[Any]:
    """Litestar answers unknown addresses below the description with a page in English."""
    if response.status_code == HTTPStatus.NOT_FOUND:
        raise NotFoundException
    return response

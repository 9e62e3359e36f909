"""Application of the fleet's server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar import Litestar, Request, Response
from litestar.di import Provide

from kiosk.domain.errors import KioskError
from kiosk.fleet.server import downloads, metrics, page, statuses, uploads

if TYPE_CHECKING:
    from kiosk.fleet.server.context import FleetContext


def create_app(context: FleetContext) -> Litestar:
    """The application over one database."""
    return Litestar(
        route_handlers=[
            page.overview,
            page.style,
            page.health,
            metrics.metrics,
            statuses.take_status,
            downloads.download,
            uploads.probe,
            uploads.take,
            uploads.take_named,
        ],
        dependencies={"context": Provide(lambda: context, sync_to_thread=False)},
        exception_handlers={KioskError: _unavailable},
        request_max_body_size=None,  # an upload counts its bytes itself, as they come
        openapi_config=None,
        logging_config=None,
    )


def _unavailable(_request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """The database does not answer: boxes try again later, by themselves."""
    return Response(
        {"status": 503, "detail": str(error)},
        status_code=503,
        headers={"Retry-After": "60", "Content-Type": "application/problem+json"},
    )

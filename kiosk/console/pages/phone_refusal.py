"""What a phone gets where its page or form is refused: a page, whatever it says that it accepts."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from litestar.exceptions import HTTPException

from kiosk.console.http.context import context_of
from kiosk.console.http.problems import problem_of_http, problem_of_refusal
from kiosk.console.http.public_error_page import refused_page
from kiosk.domain.errors import KioskError

if TYPE_CHECKING:
    from litestar import Request, Response

    AnyRequest = Request[Any, Any, Any]


def _page_of_http(request: AnyRequest, error: HTTPException) -> Response[Any]:
    return _page(request, problem_of_http(request, error))


def _page_of_refusal(request: AnyRequest, error: KioskError) -> Response[Any]:
    return _page(request, problem_of_refusal(request, error))


def _page(request: AnyRequest, problem: Response[Any]) -> Response[Any]:
    """The problem as a page; itself where phones have no pages to draw on."""
    if not context_of(request).office.profile.numbers_by_phone:
        return problem
    return refused_page(request, problem.status_code or HTTPStatus.INTERNAL_SERVER_ERROR)


PAGES_OF_REFUSALS: Final[dict[int | type[Exception], Any]] = {
    HTTPException: _page_of_http,
    KioskError: _page_of_refusal,
}
"""For routers and handlers that only people on phones meet."""

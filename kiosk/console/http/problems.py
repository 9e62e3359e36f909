"""Refusals and errors as problem documents (RFC 9457), with one sentence for people."""

from __future__ import annotations

import logging
import re
from http import HTTPStatus
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.response import Template

from kiosk.console.http.authentication import session_of
from kiosk.console.http.public_error_page import refused_page
from kiosk.console.words.refusals import GOT_LOST, in_german
from kiosk.domain.appointment_errors import AppointmentForOtherTopic, TooManyCodes, UnknownCode
from kiosk.domain.errors import (
    KioskError,
    NoNumberRange,
    NoTopicsLeft,
    PersonsOutOfRange,
    ReferralWithoutOutcome,
    Refused,
    RollTooLong,
    ScoreOutOfRange,
    TooManyTopics,
    Unknown,
    WishOfAnother,
)
from kiosk.service.access import PlainHttpRefused, TooManyWrongPins, WrongPin
from kiosk.service.timetable_json import SpanTooLong
from kiosk.store.errors import DatabaseBusy, DiskFull, StoreError

AnyRequest = Request[Any, Any, Any]

_log = logging.getLogger(__name__)

_STATUS: dict[type[Exception], int] = {
    Unknown: 422,
    ScoreOutOfRange: 422,
    PersonsOutOfRange: 422,
    ReferralWithoutOutcome: 422,
    TooManyTopics: 422,
    NoTopicsLeft: 422,
    UnknownCode: 422,
    AppointmentForOtherTopic: 422,
    WishOfAnother: 422,
    TooManyCodes: 429,
    NoNumberRange: 422,
    RollTooLong: 422,
    SpanTooLong: 422,
    WrongPin: 403,
    TooManyWrongPins: 429,
    PlainHttpRefused: 403,
    Refused: 409,
    DatabaseBusy: 503,
    DiskFull: 507,
    StoreError: 503,
    KioskError: 500,
}


def problem_of_refusal(request: AnyRequest, error: KioskError) -> Response[Any]:
    """A rule of the queue said no, or the database could not be used."""
    status = _status_of(request, error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("%s", error)
    facts = vars(error) if isinstance(error, Refused) else {}
    kind = re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__).lower()
    headers: dict[str, str] = {}
    if isinstance(error, TooManyWrongPins | TooManyCodes):
        headers["Retry-After"] = str(error.wait_s)
    return _problem(
        request, status, _detail(error), error=error, kind=kind, facts=facts, headers=headers
    )


def problem_of_http(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """The request itself was wrong."""
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    detail, facts = error.detail, {}
    if isinstance(error, ValidationException) and isinstance(error.extra, list):
        facts = {"errors": error.extra}
        detail = "; ".join(_in_words(entry) for entry in error.extra) or detail
    return _problem(request, error.status_code, detail, error=error, facts=facts, headers=headers)


def problem_of_body(request: AnyRequest, error: Exception) -> Response[Any]:
    """A body that breaks the decoder: bytes that are no text, or a million brackets."""
    return _problem(request, 400, "The body is not JSON that can be read.", error=error)


def problem_of_error(request: AnyRequest, error: Exception) -> Response[Any]:
    """A fault of this program: the log tells more, the answer does not."""
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _problem(request, 500, "Something went wrong here; the log of this box tells what.")


def _detail(error: KioskError) -> str:
    if isinstance(error, StoreError):  # where the file lies is for the log
        return f"The database cannot be used: {error.reason}. {error.advice}"
    return str(error)


def _status_of(request: AnyRequest, error: KioskError) -> int:
    if isinstance(error, Unknown) and f"/{error.kind}s/" in request.url.path:
        return 404  # it is part of the address
    return next(_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)


def _problem(  # noqa: PLR0913 - the members of a problem document
    request: AnyRequest,
    status: int,
    detail: str,
    *,
    error: Exception | None = None,
    kind: str | None = None,
    facts: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
) -> Response[Any]:
    if _for_a_person(request):
        if not _is_of_staff(request):
            return refused_page(request, status, headers)
        context = {"sentence": in_german(error, status) or GOT_LOST}
        return Template("error.html", context=context, status_code=status, headers=headers)
    german = in_german(error, status) if _wants_german(request) else None
    title = kind.replace("-", " ").capitalize() if kind else HTTPStatus(status).phrase
    content = {
        "type": f"urn:radhaus:{kind}" if kind else "about:blank",
        "title": title,
        "status": status,
        "detail": german or detail,
        **(facts or {}),
    }
    return Response(
        content,
        status_code=status,
        media_type="application/problem+json",
        headers={**(headers or {}), "Content-Language": "de" if german else "en"},
    )


def _for_a_person(request: AnyRequest) -> bool:
    in_address_bar = "text/html" in request.headers.get("accept", "")
    return in_address_bar and not request.url.path.startswith("/api/")


def _is_of_staff(request: AnyRequest) -> bool:
    """Whether who asks has logged in, or has asked for a page of staff."""
    if request.url.path == "/staff" or request.url.path.startswith("/staff/"):
        return True
    try:
        return session_of(request) is not None
    except StoreError:
        return False


def _wants_german(request: AnyRequest) -> bool:
    return request.headers.get("accept-language", "").lower().startswith("de")


def _in_words(entry: Any) -> str:  # noqa: ANN401 - Litestar's own shape
    key, message = entry.get("key", "data"), entry.get("message", "")
    if message == "'data'":  # what is left of a KeyError
        return "A JSON body is missing."
    return message if key == "data" else f"{key}: {message}"

"""Pages on which a phone on the bus's own network draws a number, without a script or a cookie.

The wish stands in the address: reloaded, gone back to or sent again, it leads to the same ticket,
and whoever has that address holds it (docs/decisions/0055-the-phone-as-a-second-glass.md).
"""

from __future__ import annotations

import asyncio
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
from litestar import MediaType, Request, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody  # noqa: TC002 - read at run time
from litestar.response import Redirect

from kiosk.console.http.authentication import check_origin
from kiosk.console.http.context import ConsoleContext, Context, rendered
from kiosk.console.http.phone_tries import FORGOTTEN_AFTER_S
from kiosk.console.pages.ticket_page import HIDDEN, ticket_page_of
from kiosk.console.words.phone_draw import TROUBLE, draw_page
from kiosk.console.words.phone_holder import holder_words
from kiosk.domain.errors import NoVisitOpen, Refused, Unknown, WishOfAnother, WrongState
from kiosk.domain.ids import LanguageCode
from kiosk.domain.refusal_reason import Reason
from kiosk.domain.ticket import TicketState
from kiosk.service import citizens
from kiosk.service.refusals import reason_of
from kiosk.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from litestar import Litestar

    from kiosk.domain.ids import TicketId
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket
    from kiosk.service.office import Office

AnyRequest = Request[Any, Any, Any]

_WISH_BYTES: Final = 12
_WISH: Final = re.compile(r"[A-Za-z0-9_-]{16}")
_OF_PHONE: Final = "phone:"
"""No wish of a glass or a program begins so: none of theirs is opened here."""

_MOST_WANTED: Final = 20
"""So many languages of a browser are looked at."""

_TOLD: Final = frozenset({*Reason, TROUBLE})

_PLACE: Final = b"!the-wish-of-this-phone!"
"""Where a page that is the same for all phones has the wish."""


class DrawForm(msgspec.Struct):
    """What the button of a topic sends."""

    topic: Annotated[str, msgspec.Meta(max_length=100)]


class AnswerForm(msgspec.Struct):
    """What the button of an answer sends; an empty choice takes it back."""

    question: Annotated[str, msgspec.Meta(max_length=100)]
    choice: Annotated[str, msgspec.Meta(max_length=100)] = ""


@dataclass(frozen=True, slots=True)
class _Wish:
    """A wish of a phone, as the address has it."""

    name: str

    @property
    def key(self) -> str:
        return f"{_OF_PHONE}{self.name}"

    def leads_to(self, place: str = "", **query: str) -> Redirect:
        return Redirect(f"/n/{self.name}{place}", query_params=query or None, status_code=303)


@get("/n", sync_to_thread=False)
def begin(context: Context) -> Redirect:
    """The address behind the code at the door: a wish for each who comes."""
    return _valid(context, secrets.token_urlsafe(_WISH_BYTES)).leads_to()


@get("/n/{wish:str}")
async def number_or_topics(
    request: AnyRequest, context: Context, wish: FromPath[str]
) -> Response[Any]:
    """The number that the wish has led to, else the topics in the language of the phone."""
    return await _shown(request, context, _valid(context, wish), _language_of(request, context))


@get("/n/{wish:str}/in/{language:str}")
async def topics(
    request: AnyRequest,
    context: Context,
    wish: FromPath[str],
    language: FromPath[str],
    no: FromQuery[str] = "",
) -> Response[Any]:
    """The same in a chosen language. `no` is the reason of a refusal."""
    return await _shown(request, context, _valid(context, wish), _spoken(context, language), no)


@post("/n/{wish:str}/in/{language:str}")
async def draw(
    request: AnyRequest,
    context: Context,
    wish: FromPath[str],
    language: FromPath[str],
    data: URLEncodedBody[DrawForm],
) -> Redirect:
    """Draw the number, once for the wish; a refusal stands above the topics."""
    check_origin(request)
    valid, spoken = _valid(context, wish), _spoken(context, language)
    try:
        refused = await _draw(request, context, valid, spoken, data.topic)
    except StoreError:
        refused = TROUBLE
    return valid.leads_to(f"/in/{spoken}", no=refused) if refused else valid.leads_to()


@get("/n/{wish:str}/return")
async def ask_to_give_back(
    request: AnyRequest, context: Context, wish: FromPath[str]
) -> Response[Any]:
    """Ask once, while the number waits."""
    valid = _valid(context, wish)
    ticket = await sync_to_thread(_held, context, valid)
    if ticket is None or ticket.state is not TicketState.WAITING:
        return valid.leads_to()
    return await sync_to_thread(_question_page, request.app, context, valid, ticket)


@post("/n/{wish:str}/return")
async def give_back(request: AnyRequest, context: Context, wish: FromPath[str]) -> Redirect:
    """Give the number back, unless it has been called meanwhile."""
    check_origin(request)
    valid = _valid(context, wish)
    await sync_to_thread(_change, context, valid, citizens.give_back)
    return valid.leads_to()


@post("/n/{wish:str}/answers")
async def answer(
    request: AnyRequest,
    context: Context,
    wish: FromPath[str],
    data: URLEncodedBody[AnswerForm],
) -> Redirect:
    """Keep an answer to a question of the profile, or take it back."""
    check_origin(request)
    valid = _valid(context, wish)
    if not context.phone_changes.count(wish):
        return valid.leads_to()

    def store(office: Office, ticket: TicketId, now: Moment) -> None:
        citizens.answer(office, ticket, data.question, data.choice or None, now)

    await sync_to_thread(_change, context, valid, store)
    return valid.leads_to()


async def _shown(
    request: AnyRequest, context: ConsoleContext, wish: _Wish, language: LanguageCode, no: str = ""
) -> Response[Any]:
    held = await sync_to_thread(_held_page, request.app, context, wish)
    if held is None:
        refused = no if no in _TOLD else ""
        build = partial(_topics_page, request.app, context, language, refused)
        page = await context.ticket_answers.get(f"/n/{language}/{refused}", build)
        held = (page or b"").replace(_PLACE, wish.name.encode())
    return Response(held, media_type=MediaType.HTML, headers=HIDDEN)


async def _draw(
    request: AnyRequest, context: ConsoleContext, wish: _Wish, language: LanguageCode, topic: str
) -> str:
    """The reason why the wish has led to no number; empty where it has."""
    if await sync_to_thread(_held, context, wish):
        return ""
    address, now = request.client.host if request.client else "", context.now()
    if not context.phone_tries.count(address, f"{wish.name} {topic}", now):
        return Reason.AT_GLASS
    asyncio.get_running_loop().call_later(
        FORGOTTEN_AFTER_S + 1, lambda: context.phone_tries.forget_old(context.now())
    )
    asked = citizens.TicketRequest(topic, language, wish.key, by_phone=True)
    try:
        await sync_to_thread(citizens.take_ticket, context.office, asked, now)
    except WishOfAnother:  # sent twice, with a finger on two topics
        return ""
    except Refused as refusal:
        return reason_of(refusal)
    return ""


def _held(context: ConsoleContext, wish: _Wish) -> Ticket | None:
    """The ticket that the wish has led to, while its visit is open."""
    taken = context.office.read(citizens.ticket_for_wish, wish.key, context.now())
    return taken.ticket if taken else None


def _held_page(app: Litestar, context: ConsoleContext, wish: _Wish) -> bytes | None:
    ticket = _held(context, wish)
    if ticket is None:
        return None
    holder = context.office.read(holder_words, context.texts, ticket)
    return ticket_page_of(app, context, ticket.code, wish=wish.name, holder=holder)


def _topics_page(app: Litestar, context: ConsoleContext, language: LanguageCode, no: str) -> bytes:
    page = draw_page(context.office, context.texts, language, no, context.now())
    profile = context.office.profile
    return rendered(app, "phone_draw.html", page=page, profile=profile, wish=_PLACE.decode())


def _question_page(
    app: Litestar, context: ConsoleContext, wish: _Wish, ticket: Ticket
) -> Response[bytes]:
    words = context.office.read(holder_words, context.texts, ticket)
    values = {"wish": wish.name, "words": words, "profile": context.office.profile}
    page = rendered(app, "phone_return.html", number=ticket.number, **values)
    return Response(page, media_type=MediaType.HTML, headers=HIDDEN)


def _change(
    context: ConsoleContext, wish: _Wish, change: Callable[[Office, TicketId, Moment], None]
) -> None:
    """Change the number that is held; nothing where it has been called or is over meanwhile."""
    ticket = _held(context, wish)
    if ticket is None:
        return
    with suppress(WrongState, NoVisitOpen):
        change(context.office, ticket.id, context.now())


def _valid(context: ConsoleContext, wish: str) -> _Wish:
    if not context.office.profile.numbers_by_phone or not _WISH.fullmatch(wish):
        raise NotFoundException
    return _Wish(wish)


def _spoken(context: ConsoleContext, language: str) -> LanguageCode:
    try:
        return context.office.profile.language(language)
    except Unknown:
        raise NotFoundException from None


def _language_of(request: AnyRequest, context: ConsoleContext) -> LanguageCode:
    """The first language of the phone that the profile has, else the profile's first."""
    languages = context.office.profile.languages
    wanted = request.headers.get("accept-language", "").lower().split(",")
    for each in wanted[:_MOST_WANTED]:
        code = each.partition(";")[0].strip()
        for known in (code, code.partition("-")[0]):
            if known in languages:
                return LanguageCode(known)
    return languages[0]


router = Router(
    path="/",
    route_handlers=[begin, number_or_topics, topics, draw, ask_to_give_back, give_back, answer],
    include_in_schema=False,
)

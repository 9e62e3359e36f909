"""Pages on which a phone on the bus's own network draws a number, without a script or a cookie.

The wish stands in the address: reloaded, gone back to or sent again, it leads to the same ticket,
and whoever has that address holds it (docs/decisions/0055-the-phone-as-a-second-glass.md).
"""

from __future__ import annotations

import asyncio
import secrets
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
from litestar import MediaType, Request, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody  # noqa: TC002 - read at run time
from litestar.response import Redirect  # noqa: TC002 - read at run time

from kiosk.console.http.authentication import check_origin
from kiosk.console.http.context import ConsoleContext, Context, rendered
from kiosk.console.http.phone_tries import FORGOTTEN_AFTER_S
from kiosk.console.http.public_error_page import language_of
from kiosk.console.pages.phone_holder import return_page
from kiosk.console.pages.phone_refusal import PAGES_OF_REFUSALS
from kiosk.console.pages.phone_wish import Wish, held_ticket, valid_wish
from kiosk.console.pages.ticket_page import ticket_page_of, with_press_id
from kiosk.console.pages.ticket_survey import HIDDEN
from kiosk.console.words.phone_draw import TROUBLE, draw_page
from kiosk.console.words.phone_holder import holder_words
from kiosk.domain.errors import Refused, Unknown, WishOfAnother
from kiosk.domain.refusal_reason import Reason
from kiosk.service import citizens
from kiosk.service.refusals import reason_of
from kiosk.store.errors import StoreError

if TYPE_CHECKING:
    from litestar import Litestar

    from kiosk.domain.ids import LanguageCode

AnyRequest = Request[Any, Any, Any]

_WISH_BYTES: Final = 12
_TOLD: Final = frozenset({*Reason, TROUBLE})

_PLACE: Final = b"!the-wish-of-this-phone!"
"""Where a page that is the same for all phones has the wish."""


class DrawForm(msgspec.Struct):
    """What the button of a topic sends."""

    topic: Annotated[str, msgspec.Meta(max_length=100)]


@get("/n", sync_to_thread=False)
def begin(context: Context) -> Redirect:
    """The address behind the code at the door: a wish for each who comes."""
    return valid_wish(context, secrets.token_urlsafe(_WISH_BYTES)).leads_to()


@get("/n/{wish:str}")
async def number_or_topics(
    request: AnyRequest, context: Context, wish: FromPath[str]
) -> Response[Any]:
    """The number that the wish has led to, else the topics in the language of the phone."""
    return await _shown(request, context, valid_wish(context, wish), language_of(request, context))


@get("/n/{wish:str}/in/{language:str}")
async def topics(
    request: AnyRequest,
    context: Context,
    wish: FromPath[str],
    language: FromPath[str],
    no: FromQuery[str] = "",
) -> Response[Any]:
    """The same in a chosen language. `no` is the reason of a refusal."""
    return await _shown(request, context, valid_wish(context, wish), _spoken(context, language), no)


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
    valid, spoken = valid_wish(context, wish), _spoken(context, language)
    try:
        refused = await _draw(request, context, valid, spoken, data.topic)
    except StoreError:
        refused = TROUBLE
    return valid.leads_to(f"/in/{spoken}", no=refused) if refused else valid.leads_to()


async def _shown(
    request: AnyRequest, context: ConsoleContext, wish: Wish, language: LanguageCode, no: str = ""
) -> Response[Any]:
    held = await sync_to_thread(_held_page, request.app, context, wish)
    if held is None:
        refused = no if no in _TOLD else ""
        build = partial(_topics_page, request.app, context, language, refused)
        page = await context.ticket_answers.get(f"/n/{language}/{refused}", build)
        held = (page or b"").replace(_PLACE, wish.name.encode())
    return Response(held, media_type=MediaType.HTML, headers=HIDDEN)


async def _draw(
    request: AnyRequest, context: ConsoleContext, wish: Wish, language: LanguageCode, topic: str
) -> str:
    """The reason why the wish has led to no number; empty where it has."""
    if await sync_to_thread(held_ticket, context, wish):
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


def _held_page(app: Litestar, context: ConsoleContext, wish: Wish) -> bytes | None:
    ticket = held_ticket(context, wish)
    if ticket is None:
        return None
    holder = context.office.read(holder_words, context.texts, ticket, context.now())
    if holder.given_back:
        return return_page(app, context, wish, holder)
    page = ticket_page_of(app, context, ticket.code, wish=wish.name, holder=holder)
    return with_press_id(page) if page else None


def _topics_page(app: Litestar, context: ConsoleContext, language: LanguageCode, no: str) -> bytes:
    page = draw_page(context.office, context.texts, language, no, context.now())
    profile, texts, wish = context.office.profile, context.texts, _PLACE.decode()
    return rendered(app, "phone_draw.html", page=page, profile=profile, texts=texts, wish=wish)


def _spoken(context: ConsoleContext, language: str) -> LanguageCode:
    try:
        return context.office.profile.language(language)
    except Unknown:
        raise NotFoundException from None


router = Router(
    path="/",
    route_handlers=[begin, number_or_topics, topics, draw],
    exception_handlers=PAGES_OF_REFUSALS,
    include_in_schema=False,
)

"""The directory of advice offers, and its sheets on paper."""

from typing import Annotated

import msgspec
from litestar import Router, get
from litestar.params import FromQuery, JSONBody, PathParameter

from kiosk.console.api.day import Wish, staff_post
from kiosk.console.api.request_schemas import Body, Name
from kiosk.console.http.authentication import staff_only
from kiosk.console.http.context import Context
from kiosk.console.http.problem_responses import TOKEN, problems
from kiosk.domain.directory import AdviceOffer
from kiosk.domain.ids import GERMAN, LanguageCode
from kiosk.service.sheets import SheetRequest, sheet_state, want_sheet
from kiosk.store.slips import SlipState

SheetName = Annotated[int, PathParameter(ge=0, le=2**53)]
"""Within what SQLite can keep."""


class SheetBody(Body, frozen=True):
    """A sheet to be printed, of an entry of the directory or of `all` of them.

    `desk` is where staff want it for the person who sits there. Without `language` it is in that
    person's, without a person in the profile's first one.
    """

    offer: Name
    language: Name | None = None
    desk: Name | None = None


class SheetAnswer(msgspec.Struct, frozen=True):
    """An information sheet and what has become of it."""

    id: int
    state: SlipState


class OfferAnswer(msgspec.Struct, frozen=True):
    """An advice offer; what is not known is empty. `about` is in the language that was asked for.

    `groups` are the topic groups for which people are referred to it; none: all.
    """

    id: str
    name: str
    about: str
    address: str
    phone: str
    email: str
    website: str
    hours: tuple[str, ...]
    languages: tuple[str, ...]
    groups: tuple[str, ...]


@get("/directory", sync_to_thread=False, responses=problems(422))
def directory(context: Context, language: FromQuery[str | None] = None) -> list[OfferAnswer]:
    """The advice offers for referrals, in a language of the profile; else in its first one."""
    profile = context.office.profile
    spoken = profile.language(language) if language else profile.languages[0]
    return [_offer_answer(offer, spoken) for offer in profile.directory]


@staff_post("/sheets", status_code=201)
def print_sheet(context: Context, data: JSONBody[SheetBody], wish: Wish = None) -> SheetAnswer:
    """Print the sheet of an advice offer. The same `Idempotency-Key` again prints nothing more."""
    request = SheetRequest(data.offer, data.language, data.desk, wish)
    sheet = want_sheet(context.office, request, context.now())
    return SheetAnswer(sheet.id, context.office.read(sheet_state, sheet.id))


@get("/sheets/{sheet:int}", sync_to_thread=True, responses=problems(400, 401, 404))
def show_sheet(context: Context, sheet: SheetName) -> SheetAnswer:
    """What has become of a sheet of this visit."""
    return SheetAnswer(sheet, context.office.read(sheet_state, sheet))


def _offer_answer(offer: AdviceOffer, language: LanguageCode) -> OfferAnswer:
    return OfferAnswer(
        offer.id,
        offer.name,
        offer.about.get(language) or offer.about.get(GERMAN, ""),
        offer.address,
        offer.phone,
        offer.email,
        offer.website,
        offer.hours,
        offer.languages,
        offer.groups,
    )


router = Router(
    path="/",
    route_handlers=[print_sheet, show_sheet],
    guards=[staff_only],
    security=TOKEN,
    tags=["sheets"],
)

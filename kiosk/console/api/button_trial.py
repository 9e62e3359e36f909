"""Trial of the buttons by staff: for two minutes no smiley counts."""

import msgspec
from litestar import Router, get, post
from litestar.params import JSONBody

from kiosk.console.api.request_schemas import Body
from kiosk.console.http.authentication import staff_only
from kiosk.console.http.context import ConsoleContext, Context
from kiosk.console.http.problem_responses import TOKEN, problems
from kiosk.service import smileys


class TrialAnswer(msgspec.Struct, frozen=True):
    """For so many more seconds no smiley counts; 0 when they do. These scores have arrived."""

    left_s: float
    scores: tuple[int, ...]


class TrialBody(Body, frozen=True):
    """Whether the buttons are tried from now on."""

    running: bool


@get("/", sync_to_thread=True, responses=problems(401))
def show_trial(context: Context) -> TrialAnswer:
    """Whether staff try the buttons, and what has arrived since they began."""
    return _answer(context)


@post("/", status_code=200, sync_to_thread=True, responses=problems(400, 401, 403, 409, 413))
def try_buttons(context: Context, data: JSONBody[TrialBody]) -> TrialAnswer:
    """Let no smiley count that is pressed in the next two minutes, or end that."""
    smileys.try_buttons(context.office, context.now(), running=data.running)
    return _answer(context)


def _answer(context: ConsoleContext) -> TrialAnswer:
    tried = context.office.read(smileys.button_trial, context.now())
    return TrialAnswer(tried.left_s, tried.scores) if tried else TrialAnswer(0.0, ())


router = Router(
    path="/visit/trial",
    route_handlers=[show_trial, try_buttons],
    guards=[staff_only],
    security=TOKEN,
    tags=["day"],
)

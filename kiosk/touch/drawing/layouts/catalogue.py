"""Which class shows which screen."""

from kiosk.touch.drawing.layouts.check import CheckScreen
from kiosk.touch.drawing.layouts.choices import ChoicesScreen
from kiosk.touch.drawing.layouts.code import CodeScreen
from kiosk.touch.drawing.layouts.feedback import FeedbackScreen
from kiosk.touch.drawing.layouts.message import MessageScreen
from kiosk.touch.drawing.layouts.number import NumberScreen
from kiosk.touch.drawing.layouts.offer import OfferScreen
from kiosk.touch.drawing.layouts.screen import GlassScreen
from kiosk.touch.drawing.layouts.start import StartScreen
from kiosk.touch.drawing.layouts.still_there import StillThereScreen
from kiosk.touch.flow.state import Screen

SCREENS: dict[Screen, type[GlassScreen]] = {
    Screen.START: StartScreen,
    Screen.LANGUAGE: ChoicesScreen,
    Screen.GROUPS: ChoicesScreen,
    Screen.TOPICS: ChoicesScreen,
    Screen.QUESTION: ChoicesScreen,
    Screen.CHECK: CheckScreen,
    Screen.CODE: CodeScreen,
    Screen.NUMBER: NumberScreen,
    Screen.OFFERS: ChoicesScreen,
    Screen.OFFER: OfferScreen,
    Screen.SHEET: OfferScreen,
    Screen.FEEDBACK: FeedbackScreen,
    Screen.THANKS: MessageScreen,
    Screen.CLOSED: MessageScreen,
    Screen.REFUSED: MessageScreen,
    Screen.TROUBLE: MessageScreen,
    Screen.MOMENT: MessageScreen,
    Screen.STILL_THERE: StillThereScreen,
}

"""Which class shows which screen."""

from kiosk.touch.screens.check import CheckScreen
from kiosk.touch.screens.choices import ChoicesScreen
from kiosk.touch.screens.code import CodeScreen
from kiosk.touch.screens.feedback import FeedbackScreen
from kiosk.touch.screens.message import MessageScreen
from kiosk.touch.screens.number import NumberScreen
from kiosk.touch.screens.offer import OfferScreen
from kiosk.touch.screens.screen import GlassScreen
from kiosk.touch.screens.start import StartScreen
from kiosk.touch.screens.still_there import StillThereScreen
from kiosk.touch.state import Screen

SCREENS: dict[Screen, type[GlassScreen]] = {
    Screen.START: StartScreen,
    Screen.LANGUAGE: ChoicesScreen,
    Screen.GROUPS: ChoicesScreen,
    Screen.TOPICS: ChoicesScreen,
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

"""The first screen: what can be done here."""

from kiosk.touch.drawing.layouts.screen import GlassScreen


class StartScreen(GlassScreen):
    """The service and its stop, one large button, one smaller one."""

"""The last look before a number is taken: one touch here is one ticket."""

from kiosk.touch.drawing.layouts.screen import GlassScreen


class CheckScreen(GlassScreen):
    """The chosen topic, and the one button that takes a number."""

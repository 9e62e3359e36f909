"""The number pad."""

from kiosk.touch.drawing.layouts.screen import GlassScreen


class CodeScreen(GlassScreen):
    """A question, the digits that have been typed, and twelve keys."""

"""The number pad."""

from kiosk.touch.screens.screen import GlassScreen


class CodeScreen(GlassScreen):
    """A question, the digits that have been typed, and twelve keys."""

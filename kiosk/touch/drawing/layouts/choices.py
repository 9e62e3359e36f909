"""A question and its answers: language, topic group, topic."""

from kiosk.touch.drawing.layouts.screen import GlassScreen


class ChoicesScreen(GlassScreen):
    """A heading, and as many answers as there is room for."""

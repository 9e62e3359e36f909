"""Somebody may have gone: the warning before the glass begins again."""

from kiosk.touch.drawing.layouts.screen import GlassScreen


class StillThereScreen(GlassScreen):
    """A question with two answers; any touch elsewhere means yes."""

"""A picture and a few words: thanks, closed, refused, trouble."""

from kiosk.touch.drawing.layouts.screen import GlassScreen


class MessageScreen(GlassScreen):
    """In the middle of the glass: what is the case, and whom to ask."""

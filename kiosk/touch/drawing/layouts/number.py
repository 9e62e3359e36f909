"""The number."""

from kiosk.touch.drawing.layouts.screen import GlassScreen


class NumberScreen(GlassScreen):
    """The number, as large as the pane allows, and how many are ahead."""

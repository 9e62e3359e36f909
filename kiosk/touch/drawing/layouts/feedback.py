"""Smileys."""

from kiosk.touch.drawing.layouts.screen import GlassScreen


class FeedbackScreen(GlassScreen):
    """A question and its smileys; their order is the same in every language."""

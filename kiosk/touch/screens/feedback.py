"""Smileys."""

from kiosk.touch.screens.screen import GlassScreen


class FeedbackScreen(GlassScreen):
    """A question and its smileys; their order is the same in every language."""

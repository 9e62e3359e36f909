"""One advice offer, and what becomes of its information sheet."""

from kiosk.touch.drawing.layouts.screen import GlassScreen


class OfferScreen(GlassScreen):
    """A name, what there is to know, and the contact card as a QR code."""

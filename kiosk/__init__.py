"""Radhaus: the kiosk software for advice buses."""

__version__ = "0.1.0"

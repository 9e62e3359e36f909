"""Widgets that the layouts are built of."""

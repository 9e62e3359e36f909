"""Lamps that answer a press."""

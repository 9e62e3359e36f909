"""Wiring diagram of this box as SVG, drawn from its configuration."""

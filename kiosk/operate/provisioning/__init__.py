"""Turns a Debian machine into an appliance: what must be there, and how it gets there."""

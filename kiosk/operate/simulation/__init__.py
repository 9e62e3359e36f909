"""Plausible days on virtual time, played through the same use cases as real ones."""

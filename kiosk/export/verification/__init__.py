"""Verification of received packages: each of them, and their chain."""

"""Verification of packages that somebody has received: each of them, and their chain."""

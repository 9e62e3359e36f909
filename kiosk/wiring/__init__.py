"""Composition root: opens a box, and the only package that picks concrete drivers."""

"""Targets of the export: where a package is delivered to, each a driver of one port."""

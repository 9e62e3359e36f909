"""Parsers of the files that people hand in: CSV tables and iCalendar."""

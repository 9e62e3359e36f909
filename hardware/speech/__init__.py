"""The voice of the glass: sentences read to the one person in front of it."""

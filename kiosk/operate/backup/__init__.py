"""Backup of a box, encrypted to its operator, and the way back. See docs/backup.md."""

"""A reader for the QR codes of appointments."""

"""German words and sentences for staff, and a ticket's words in its language."""

"""The socket for headphones beside the glass."""

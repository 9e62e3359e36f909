"""Call display: shows the number and the desk of a call."""

"""From a ticket to the picture that the printer prints."""

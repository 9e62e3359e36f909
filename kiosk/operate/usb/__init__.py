"""USB: what may be used of what is plugged in, as rules of udev, and what was refused."""

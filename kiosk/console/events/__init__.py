"""Server-sent events: one journal follower, broadcast to every browser."""

"""Session between state machine and office: requests, pending wish, news."""

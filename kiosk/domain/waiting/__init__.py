"""The estimate of the wait, from the service times of the day."""

"""The rules of the queue: no clock, no files, no logging; of others only `hardware.trouble`."""

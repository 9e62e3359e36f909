"""The rules of the queue: pure, standard library only; no clock, no files, no logging."""

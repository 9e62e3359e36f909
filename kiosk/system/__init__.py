"""What any process asks of its machine: clock, paths, process lock, systemd, display."""

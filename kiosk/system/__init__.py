"""Services of the machine for any process: clock, paths, process lock, systemd, display."""

"""The plugged USB stick: a port, a driver for Linux and a stand-in."""

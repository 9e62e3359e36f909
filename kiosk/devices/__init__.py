"""Devices: the loop around each, its state and troubles, and what differs between the kinds."""

"""The process between the wires and the use cases."""

"""The panel: the process between the wires and the use cases."""

"""Updates of an appliance with two slots: RAUC writes and switches, this decides and tells.

An installed update is tried once, on a copy of the data, before any service starts; only then does
it stay. Cut off anywhere, the version that ran before runs again, and tries it at the next start.
"""

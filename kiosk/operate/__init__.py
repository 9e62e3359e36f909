"""Operation of a box: setup, provisioning, doctor, supervisor, simulation."""

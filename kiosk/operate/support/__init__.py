"""Support bundle: one encrypted file by which a help desk sees what ails a box."""

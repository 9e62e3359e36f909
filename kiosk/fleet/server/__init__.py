"""Server of the fleet: takes uploads of boxes, and shows who delivered what."""

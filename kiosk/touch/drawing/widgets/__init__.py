"""The parts that screens are built of. A screen's `.kv` file says which stands where."""

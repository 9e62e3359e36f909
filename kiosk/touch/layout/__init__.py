"""Layout of the glass: theme, sizes, pagination, tiles. Without Kivy."""

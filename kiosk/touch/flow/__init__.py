"""State machine of the glass: pure, without Kivy and without the office."""

"""Rendering with Kivy: window, screens, widgets."""

"""The glass: what citizens see and touch. Only `app` and `drawing` import Kivy."""

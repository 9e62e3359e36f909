"""The glass: what citizens see and touch. Only `app`, `widgets` and `screens` import Kivy."""

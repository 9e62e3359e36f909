"""Simulated finger of the stand-ins: holds a contact closed for a moment."""

from __future__ import annotations

import math
import threading
import time
from collections import deque

from hardware.buttons.port import ButtonEdge

HELD_S = 0.06
"""Longer than any bounce that is waited for, shorter than people press."""


class Finger:
    """Presses and lifts from any thread; `next_edge` is for the one that listens."""

    def __init__(self) -> None:
        self._moved = threading.Condition()
        self._until_s: dict[str, float] = {}
        self._edges: deque[ButtonEdge] = deque()
        self._interrupted = False

    def press(self, name: str, held_s: float = HELD_S) -> None:
        """Close a contact for that long from now on, or keep it closed."""
        with self._moved:
            now_s = time.monotonic()
            self._lift(now_s)
            if name not in self._until_s:
                self._edges.append(ButtonEdge(name, down=True, at_s=now_s))
            self._until_s[name] = now_s + held_s
            self._moved.notify_all()

    def hold(self, name: str) -> None:
        """Close a contact until it is let go."""
        self.press(name, math.inf)

    def let_go(self, name: str) -> None:
        with self._moved:
            if name in self._until_s:
                self._until_s[name] = time.monotonic()
                self._moved.notify_all()

    def forget(self) -> None:
        """Drop unread edges; a contact that is held stays closed."""
        with self._moved:
            self._lift(time.monotonic())
            self._edges.clear()

    def unread(self) -> int:
        """How many edges are unread, those to come included."""
        with self._moved:
            return len(self._edges) + len(self._until_s)

    def closed(self) -> frozenset[str]:
        with self._moved:
            self._lift(time.monotonic())
            return frozenset(self._until_s)

    def next_edge(self, timeout_s: float) -> ButtonEdge | None:
        """The next edge as soon as it happens, or None after that time."""
        deadline_s = time.monotonic() + timeout_s
        with self._moved:
            while True:
                now_s = time.monotonic()
                self._lift(now_s)
                if self._edges:
                    return self._edges.popleft()
                if self._interrupted or now_s >= deadline_s:
                    self._interrupted = False
                    return None
                self._moved.wait(min([deadline_s, *self._until_s.values()]) - now_s)

    def interrupt(self) -> None:
        """Let `next_edge` return although nothing moves, now or when it is asked next."""
        with self._moved:
            self._interrupted = True
            self._moved.notify_all()

    def _lift(self, now_s: float) -> None:
        """Open the contacts whose time is over."""
        over = [(until_s, name) for name, until_s in self._until_s.items() if until_s <= now_s]
        for until_s, name in sorted(over):
            del self._until_s[name]
            self._edges.append(ButtonEdge(name, down=False, at_s=until_s))

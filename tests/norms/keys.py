"""Keys alone, over all screens of a shipped profile: a long walk by chance in each language."""

from __future__ import annotations

import random
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.settings import profiles
from kiosk.touch.flow.inputs import VisitChanged
from kiosk.touch.samples import sample_views, visit_of
from tests.norms.row import GLASS, Tally
from tests.touch.key_walk import KeyUser, crowd_of, walk
from tests.touch.test_any_taps import ELSEWHERE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kiosk.domain.visit import Visit
    from kiosk.touch.flow.inputs import Input
    from kiosk.touch.layout.view import View

STEPS = 2000


def key_walk(name: str, panels: Sequence[tuple[int, int]], said: Callable[[str], None]) -> Tally:
    """5.1.3.1, 5.1.6.2, 11.3.2: no focus lost, no screen changed by one or kept from keys."""
    seed, tally = secrets.randbits(32), Tally()
    said(f"seed {seed}")
    profile = profiles.load_profile(name)
    seen, wanted = set[str](), set[str]()
    for number, language in enumerate(profile.languages):
        panel = panels[number % len(panels)]
        crowd = crowd_of(profile, panel, mute=profile.languages[-1])
        visit = visit_of(profile)
        crowd.state = replace(crowd.setup.flow.first(visit, expected=True), language=language)
        wanted |= {str(view.screen) for _, view in sample_views(crowd.setup, language)}

        def fault(view: View, what: str) -> None:
            tally.faults[str(view.screen), view.language].append(f"seed {seed}: {what}")

        user = KeyUser(crowd, fault)
        here = walk(user, STEPS, random.Random(f"{seed} {language}"), _events(visit))
        for screen in here:
            tally.checked[screen, str(language)] += 1
        seen |= here
    missing = [f"seed {seed}: no key leads to {screen}" for screen in sorted(wanted - seen)]
    tally.add((GLASS, ""), missing, STEPS * len(profile.languages))
    return tally


def _events(visit: Visit) -> tuple[Input, ...]:
    """What happens elsewhere, with the stops and topics of this profile."""
    visits = (visit, replace(visit, intake=False), replace(visit, topics=visit.topics[:3]), None)
    changes = (VisitChanged(each, expected=each is visit) for each in visits)
    return (*(each for each in ELSEWHERE if not isinstance(each, VisitChanged)), *changes)

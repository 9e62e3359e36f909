"""Simulation of appointments: booked the evening before, with no-shows and late arrivals."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kiosk.domain.appointment import Booking
from kiosk.domain.appointment_code import generate_code
from kiosk.domain.moment import Moment
from kiosk.service.appointment_import import import_appointments

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from kiosk.operate.simulation.citizens import Citizen
    from kiosk.operate.simulation.plan import SimulatedVisit
    from kiosk.service.office import Office

_EVERY_S: Final = 900
_NEVER_COMES, _FAR_TOO_LATE = 0.08, 0.04
_COMES_S = (-1200.0, 480.0)  # before and after the time
_FAR_LATE_S = (1200.0, 3600.0)


def book_appointments(
    office: Office, visit: SimulatedVisit, citizens: Sequence[Citizen], random: Random
) -> list[Citizen]:
    """Book a time for the visit's share of these citizens; no-shows are left out of the result."""
    coming, bookings, codes = [], [], set[str]()
    for citizen in citizens:
        if random.random() >= visit.booked:
            coming.append(citizen)
            continue
        code = _new_code(codes, random)
        slot_s = random.randrange(int(visit.opening_s) // _EVERY_S) * _EVERY_S
        time = visit.opens + timedelta(seconds=slot_s)
        bookings.append(Booking(time, citizen.topic, visit.stop.id, code, origin=code))
        if random.random() >= _NEVER_COMES:
            citizen.code = code
            citizen.arrives_s = max(0.0, slot_s + _off_s(random))
            coming.append(citizen)
    evening = visit.opens - timedelta(hours=12)
    now = Moment(f"simulated-{visit.day}-eve", 0.0, evening, trusted=True)
    import_appointments(office, bookings, now)
    return coming


def _new_code(codes: set[str], random: Random) -> str:
    while (code := generate_code(random.randrange)) in codes:
        pass
    codes.add(code)
    return code


def _off_s(random: Random) -> float:
    """How many seconds before or after the time a citizen arrives."""
    return random.uniform(*(_FAR_LATE_S if random.random() < _FAR_TOO_LATE else _COMES_S))

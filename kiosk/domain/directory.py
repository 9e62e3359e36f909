"""Directory of a profile: the advice offers and partners to which people are referred."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.domain.ids import GroupId, LanguageCode, NeedId, OfferId, PartnerId

ALL_OFFERS: Final = OfferId("all")
"""Stands for the whole directory on one sheet; no entry may have this id."""

PHRASES: Final = OfferId("phrases")
"""Stands for the sheet of phrases of a first contact; no entry may have this id."""


@dataclass(frozen=True, slots=True)
class Partner:
    """An office or organisation that advises in the bus."""

    id: PartnerId
    name: str


@dataclass(frozen=True, slots=True)
class Need:
    """What people look for who look for an offer, in their own words."""

    id: NeedId
    label: Mapping[LanguageCode, str]
    pictogram: str
    colour: str = "muted"


@dataclass(frozen=True, slots=True)
class AdviceOffer:
    """An entry of the directory: an organisation to which people are referred.

    `hours` are lines such as "mo-fr 09:00-12:00", `languages` those spoken there, `groups` the
    topic groups for which people are referred to it (none: all), `needs` those that it meets, the
    most important first. A `helpline` stands before all others at the glass.
    """

    id: OfferId
    name: str
    about: Mapping[LanguageCode, str]
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    hours: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    groups: tuple[GroupId, ...] = ()
    needs: tuple[NeedId, ...] = ()
    helpline: bool = False

"""A contact card is read whole by an address book, whatever an entry of the directory holds."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import vAdr, vN

from kiosk.domain.directory import AdviceOffer
from kiosk.domain.ids import OfferId
from kiosk.drawing.contact_card import MOST_BYTES, contact_card

OFFER = AdviceOffer(
    id=OfferId("rat"),
    name="Rat & Tat; Müller, Yıldız\\Söhne",  # noqa: RUF001
    about={},
    address="Markt 1, 73207 Plochingen",
    phone="07153 7005-0",
    email="rat@stadt.example",
    website="https://www.stadt.example/rat?a=1,2;b",
)


def lines_of(card: str) -> dict[str, str]:
    """The values as they stand in the card, by name."""
    first, *lines, last, rest = card.split("\r\n")
    assert (first, last, rest) == ("BEGIN:VCARD", "END:VCARD", "")
    named = [line.partition(":") for line in lines]
    return {name: value for name, _, value in named}


def read(card: str) -> dict[str, str]:
    """The values without their escapes (RFC 2426, section 5)."""
    return {
        name: re.sub(r"\\(.)", lambda escape: "\n" if escape[1] == "n" else escape[1], value)
        for name, value in lines_of(card).items()
    }


def test_everything_comes_back_as_it_was_written() -> None:
    card = read(contact_card(OFFER, "Mo-Fr 09:00-12:00\nDi, Do 14:00-16:00"))
    assert card["VERSION"] == "3.0"
    assert card["FN"] == OFFER.name
    assert card["TEL"] == OFFER.phone
    assert card["EMAIL"] == OFFER.email
    assert lines_of(contact_card(OFFER))["URL"] == OFFER.website
    assert card["NOTE"] == "Mo-Fr 09:00-12:00\nDi, Do 14:00-16:00"


def test_name_and_address_stand_in_one_part_each() -> None:
    lines = lines_of(contact_card(OFFER))
    assert [part for part in vN.from_ical(lines["N"]) if part] == [OFFER.name]
    assert [part for part in vAdr.from_ical(lines["ADR"]) if part] == [OFFER.address]


def test_what_is_not_known_is_not_there() -> None:
    bare = AdviceOffer(OfferId("rat"), "Rat", {})
    assert (
        contact_card(bare) == "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Rat;;;;\r\nFN:Rat\r\nEND:VCARD\r\n"
    )


def test_what_is_too_long_loses_the_least_needed_first() -> None:
    note = "Mo-Fr 09:00-12:00\n" * 20
    assert "NOTE" not in read(contact_card(OFFER, note))
    wordy = replace(OFFER, website="https://www.stadt.example/" + "x" * 400)
    kept = read(contact_card(wordy, note))
    assert not {"URL", "EMAIL", "NOTE"} & kept.keys()
    assert kept["TEL"] == OFFER.phone


@pytest.mark.parametrize("field", ["name", "address", "phone", "email", "website"])
def test_nothing_slips_a_line_of_its_own_into_the_card(field: str) -> None:
    hostile = replace(OFFER, **{field: "a\r\nTEL:0900 666\x00\x1b@\u202eb"})  # type: ignore[arg-type]
    card = contact_card(hostile)
    assert [line for line in card.split("\r\n") if line.startswith("TEL:0900")] == []
    assert all(c.isprintable() for c in card.replace("\r\n", ""))


@given(st.builds(AdviceOffer, st.just("x"), st.text(min_size=1), st.just({}), *[st.text()] * 4))
def test_any_card_fits_the_code_on_the_narrowest_paper(offer: AdviceOffer) -> None:
    assert len(contact_card(offer, offer.name * 5).encode()) <= MOST_BYTES

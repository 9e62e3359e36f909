"""Colours that a profile names are known to the glass and can be read."""

import pytest

from kiosk.domain.colour import COLOURS, LEAST_CONTRAST, contrast
from kiosk.touch.layout.theme import LIGHT


def test_the_glass_has_every_colour_that_a_profile_may_name() -> None:
    assert set(LIGHT.groups) == set(COLOURS)


@pytest.mark.parametrize("colour", LIGHT.groups.values())
def test_every_colour_of_the_house_passes_its_own_rule(colour: str) -> None:
    assert contrast(colour, "#FFFFFF") >= LEAST_CONTRAST


@pytest.mark.parametrize(
    ("colour", "ratio"), [("#000000", 21.0), ("#FFFFFF", 1.0), ("#767676", 4.54)]
)
def test_contrast_as_wcag_gives_it(colour: str, ratio: float) -> None:
    assert contrast(colour, "#FFFFFF") == pytest.approx(ratio, abs=0.005)

"""Colours that a profile names are known to the glass and can be read."""

import pytest

from kiosk.domain.profile import COLOURS
from kiosk.profiles.contrast import LEAST_CONTRAST, contrast_on_white
from kiosk.touch.theme import LIGHT


def test_the_glass_has_every_colour_that_a_profile_may_name() -> None:
    assert set(LIGHT.groups) == set(COLOURS)


@pytest.mark.parametrize("colour", LIGHT.groups.values())
def test_every_colour_of_the_house_passes_its_own_rule(colour: str) -> None:
    assert contrast_on_white(colour) >= LEAST_CONTRAST


@pytest.mark.parametrize(
    ("colour", "contrast"), [("#000000", 21.0), ("#FFFFFF", 1.0), ("#767676", 4.54)]
)
def test_contrast_as_wcag_gives_it(colour: str, contrast: float) -> None:
    assert contrast_on_white(colour) == pytest.approx(contrast, abs=0.005)

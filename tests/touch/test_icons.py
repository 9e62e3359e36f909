from itertools import combinations

import numpy as np
import pytest

from kiosk import profiles
from kiosk.domain.errors import Unknown
from kiosk.icons import GRID, LINE, icon, mask, names, outline
from kiosk.paths import ASSETS

EDGE = 0.99  # and a hair for the last digit
FACES = [f"face-{score}" for score in (1, 2, 3, 4, 5)]


@pytest.mark.parametrize("name", names())
def test_a_pictogram_lies_inside_its_grid(name: str) -> None:
    for shape in icon(name).shapes:
        for x, y in outline(shape.path):
            reach = LINE / 2 if shape.paint == "line" else 0
            assert min(x, y) - reach >= EDGE
            assert max(x, y) + reach <= GRID - EDGE


def test_every_face_differs_without_its_colour() -> None:
    drawn = {name: np.asarray(mask(name, 96, paints=("line", "fill"))) for name in FACES}
    for one, other in combinations(FACES, 2):
        differing = np.abs(drawn[one].astype(int) - drawn[other]).mean() / drawn[one].mean()
        assert differing > 0.08, (one, other)


def test_a_pointing_picture_is_mirrored_and_a_clock_is_not() -> None:
    for name, mirrors in (("back", True), ("clock", False), ("undo", False)):
        plain = np.asarray(mask(name, 48, paints=("line",)))
        mirrored = np.asarray(mask(name, 48, paints=("line",), mirrored=True))
        assert np.array_equal(mirrored, plain[:, ::-1] if mirrors else plain)


def test_lines_are_as_wide_as_the_grid_says() -> None:
    column = np.asarray(mask("back", 480, paints=("line",)))[:, 300]
    assert np.count_nonzero(column > 127) == pytest.approx(34, abs=1)


def test_an_unknown_pictogram_names_the_known_ones() -> None:
    with pytest.raises(Unknown, match="family"):
        icon("unicorn")


def test_every_shipped_profile_uses_pictograms_that_are_there() -> None:
    for path in (ASSETS / "profiles").glob("*.toml"):
        for group in profiles.load(path.stem).groups:
            assert group.pictogram in names()

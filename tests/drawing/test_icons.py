import re
from itertools import combinations
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from numpy.typing import NDArray

from kiosk.domain.errors import Unknown
from kiosk.drawing.icons import FOLDER, mask, names
from kiosk.settings import profiles
from kiosk.system.paths import ASSETS

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"path", "circle", "ellipse", "line", "polygon", "polyline", "rect"}
COLOURS = {"none", "currentColor", "#fff"}
FACES = [f"face-{score}" for score in (1, 2, 3, 4, 5)]


def drawn(name: str, size_px: int, **layer: bool) -> NDArray[np.uint8]:
    return np.asarray(mask(name, size_px, **layer))


@pytest.mark.parametrize("name", names())
def test_a_designer_finds_plain_shapes_on_one_grid_in_one_pen(name: str) -> None:
    root = ET.parse(FOLDER / f"{name}.svg").getroot()  # noqa: S314 - our own file
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == "0 0 48 48"
    assert root.get("stroke-width") == "3.4"
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {"svg", "g", *SHAPES}
        assert {element.get("fill", "none"), element.get("stroke", "none")} <= COLOURS
        assert not (set(element.keys()) & {"style", "class", "transform", "href"})
        assert element.get("id") in {None, "ground", "mirrored"}


@pytest.mark.parametrize("name", names())
def test_a_pictogram_keeps_off_the_edge_of_its_grid(name: str) -> None:
    rows, columns = np.nonzero(drawn(name, 480) > 127)
    assert min(rows.min(), columns.min()) >= 9
    assert max(rows.max(), columns.max()) <= 480 - 10


def test_every_face_differs_without_its_colour() -> None:
    lines = {name: drawn(name, 96) for name in FACES}
    for one, other in combinations(FACES, 2):
        differing = np.abs(lines[one].astype(int) - lines[other]).mean() / lines[one].mean()
        assert differing > 0.08, (one, other)


def test_a_face_has_a_skin_beneath_its_lines_and_a_bus_has_none() -> None:
    assert drawn("face-1", 48, ground=True)[24, 24] == 255
    assert drawn("face-1", 48)[24, 24] == 0
    assert not drawn("bus", 48, ground=True).any()


def test_a_pointing_picture_is_mirrored_and_a_clock_is_not() -> None:
    for name, mirrors in (("back", True), ("clock", False), ("undo", False)):
        plain, turned = drawn(name, 48), drawn(name, 48, right_to_left=True)
        assert np.array_equal(turned, plain[:, ::-1] if mirrors else plain)


def test_lines_are_as_wide_as_the_grid_says() -> None:
    assert np.count_nonzero(drawn("back", 480)[:, 300] > 127) == pytest.approx(34, abs=1)


def test_an_unknown_pictogram_names_the_known_ones() -> None:
    with pytest.raises(Unknown, match="family"):
        mask("unicorn", 48)


def test_the_page_of_the_icons_names_each() -> None:
    page = (FOLDER / "README.md").read_text()
    named = set(re.findall(r"[a-z_]+(?:-[a-z0-9]+)?", page))
    assert set(names()) <= named | set(FACES)


def test_every_shipped_profile_uses_pictograms_that_are_there() -> None:
    for path in (ASSETS / "profiles").glob("*.toml"):
        for group in profiles.load_profile(path.stem).groups:
            assert group.pictogram in names()

"""Names in sentences of the other direction, as they stand on the glass from left to right."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk.domain.ids import LanguageCode
from kiosk.drawing.bidi import isolated, isolated_by_line, without_isolates
from kiosk.drawing.line_breaking import Letters, typeset
from kiosk.drawing.shaping import RIGHT_TO_LEFT_MARK, set_runs
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.layout.theme import Pane
from kiosk.touch.samples import flow_of, sample
from tests.town import TOWN

WIFI = "Bus-WLAN!"
LETTERS = Letters(50, bold=False, right_to_left=True)


def shown_lines(text: str, width_px: int) -> Iterator[str]:
    """Each line as it is read from left to right, whatever its direction."""
    for line in typeset(text, LETTERS, width_px).lines:
        runs = set_runs(LETTERS.bold, LETTERS.em_px, line)
        parts = (run.text[::-1] if run.direction == "rtl" else run.text for run in runs)
        yield without_isolates("".join(parts)).replace(RIGHT_TO_LEFT_MARK, "")


@pytest.mark.parametrize("code", ["ar", "fa"])
@pytest.mark.parametrize("size", [(1280, 800), (800, 480)])
def test_a_wifi_name_that_ends_in_a_sign_stays_in_order(code: str, size: tuple[int, int]) -> None:
    profile = replace(TOWN, bus_network="http://10.42.0.1:8080", bus_wifi=WIFI)
    setup = GlassSetup(
        profile, Texts.load(), flow_of(profile), Pane.of(*size), printer=True, phone_pages=True
    )
    view = present(sample("number-wifi", setup, LanguageCode(code)), setup)
    [text] = [each for each in view.elements if WIFI in each.text]
    assert WIFI in " ".join(shown_lines(text.text, 2000))
    assert WIFI in text.spoken
    assert without_isolates(text.spoken) == text.spoken


def test_a_name_over_two_lines_stays_in_order_in_both() -> None:
    lines = [*shown_lines(f"أولًا شبكة {isolated('(Bus) WLAN!')}، ثم الرمز", 230)]
    [first] = [line for line in lines if "Bus" in line]
    [second] = [line for line in lines if "WLAN" in line]
    assert first != second
    assert "(Bus)" in first
    assert "WLAN!" in second


def test_each_line_has_isolates_of_its_own() -> None:
    whole = isolated("Bus WLAN!")
    first, second = isolated_by_line(whole.split(" "))
    assert (first, second) == (isolated("Bus"), isolated("WLAN!"))
    assert [*isolated_by_line(["Bus", "WLAN"])] == ["Bus", "WLAN"]

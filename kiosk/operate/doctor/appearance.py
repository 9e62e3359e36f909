"""Checks of texts, fonts, text shaping and the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.devices.finding import Finding, failure, ok, warning
from kiosk.domain.ids import GERMAN
from kiosk.drawing.fonts import FAMILIES
from kiosk.operate.text_check import text_faults
from kiosk.settings.texts import available_languages
from kiosk.settings.texts.po_file import read_po_file
from kiosk.system.virtual_display import has_display

if TYPE_CHECKING:
    from kiosk.operate.doctor.host import Host

_SHOWN = 3


def texts(host: Host) -> Finding:
    """Every language has every text, and every letter of it can be drawn."""
    found = text_faults(host.texts)
    if found:
        return failure(
            f"{len(found)} faults in the texts: {'; '.join(map(str, found[:_SHOWN]))}.",
            "See them all: kiosk texts check.",
        )
    unread = ", ".join(
        language
        for language in available_languages(host.texts)
        if language != GERMAN and not read_po_file(host.texts / f"{language}.po").reader
    )
    drafts = f" Drafts that no native reader has signed: {unread}." if unread else ""
    return ok(f"All texts are there in all languages.{drafts}")


def fonts(host: Host) -> Finding:
    """One missing font means boxes instead of letters in some language."""
    wanted = (
        family.format(weight=weight, dejavu=dejavu)
        for family in FAMILIES
        for weight, dejavu in (("Regular", ""), ("Bold", "-Bold"))
    )
    missing = [name for name in wanted if not (host.fonts / name).is_file()]
    if missing:
        return failure(
            f"These fonts are missing in {host.fonts}: {', '.join(missing)}.",
            "Run: sudo apt-get install fonts-noto-core fonts-dejavu-core.",
        )
    return ok("All fonts are installed.")


def text_shaping(host: Host) -> Finding:
    """Pillow joins and orders Arabic letters with libraqm, which needs FriBiDi of the system."""
    if host.shapes_text():
        return ok("Arabic and Persian are joined and ordered.")
    return failure(
        "Arabic and Persian would come out unjoined and in the wrong order.",
        "Run: sudo apt-get install libfribidi0.",
    )


def display(host: Host) -> Finding:
    """A screen on the appliance, a desktop on a desk."""
    if host.is_appliance:
        return _screen(host)
    if not has_display(host.environment):
        return warning("There is no display here.", "'kiosk run' starts one of its own.")
    name = host.environment.get("DISPLAY", "")
    socket = host.root / "tmp/.X11-unix" / f"X{name.removeprefix(':').partition('.')[0]}"
    if name.startswith(":") and not socket.exists():
        return warning(
            f"The display {name} does not answer.",
            "Start the desktop, or unset DISPLAY: then 'kiosk run' starts one of its own.",
        )
    return ok("There is a display.")


def _screen(host: Host) -> Finding:
    connectors = sorted((host.root / "sys/class/drm").glob("card*-*/status"))
    connected = [path for path in connectors if path.read_text().strip() == "connected"]
    if connected:
        return ok(f"A screen is connected to {connected[0].parent.name}.")
    return warning(
        "No screen is connected.", "Look at its cable and power, then restart the bus box."
    )

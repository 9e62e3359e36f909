"""A profile as small as it can be, and what `load` says of changed ones."""

from pathlib import Path

from kiosk.settings import profiles

SMALLEST = """\
id = "small"
name = "Stadtbus"
operator = "Stadt"
languages = ["de", "en"]

[[desks]]
id = "1"
groups = ["housing"]

[[stops]]
id = "market"
name = "Markt"
district = "Mitte"
ags = "05513000"

[[groups]]
id = "housing"
letter = "A"
colour = "green"
pictogram = "house"
label = { de = "Wohnen", en = "Housing" }

[[topics]]
id = "wohngeld"
group = "housing"
[topics.label]
de = "Wohngeld"
en = "Housing benefit"
"""


def faults_of(folder: Path, text: str | bytes) -> list[str]:
    """`line: what; suggestion` for each fault of a profile with that content."""
    file = folder / "small.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        profiles.load_profile(str(file))
    except profiles.ProfileErrors as errors:
        return [line.removeprefix(f"{file}:") for line in errors.lines()]
    return []

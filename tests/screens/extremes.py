"""Profiles at the ends of what a city may write: one topic, or thirty in twelve groups."""

from itertools import cycle, islice
from pathlib import Path

LONGEST_NAME = "Bürgerservice der Stadt unterwegs an allen Orten im Quartier"
"""60 letters, for bus, operator and stop."""

LONG_LABEL = "Hilfe mit Behördenpost"
"""Two lines on the narrowest button: `kiosk profile check` refuses more."""

_HEAD = """\
id = "{id}"
name = "{name}"
operator = "{name}"
languages = ["de", "en"]

[[desks]]
id = "1"
groups = [{groups}]

[[stops]]
id = "market"
name = "{name}"
district = "Mitte"
ags = "05513000"
"""
_GROUP = """
[[groups]]
id = "group-{number}"
letter = "{letter}"
colour = "{colour}"
pictogram = "{pictogram}"
label = {{ de = "{label}", en = "{label}" }}
"""
_TOPIC = """
[[topics]]
id = "topic-{number}"
group = "group-{group}"
label = {{ de = "{label}", en = "{label}" }}
"""
_PICTOGRAMS = ("school", "briefcase", "family", "person", "question", "heart", "papers", "card")
_COLOURS = ("action", "green", "red", "violet", "teal", "orange")


EXTREMES = ((1, 1), (1, 30), (12, 30))
"""So many groups and topics."""


def extreme_profile(folder: Path, groups: int, topics: int) -> Path:
    """The file of a profile with as many groups and topics, written into a folder."""
    name, label = (LONGEST_NAME, LONG_LABEL) if topics > 1 else ("Bus", "Rat")
    ids = range(1, groups + 1)
    text = _HEAD.format(
        id=f"extreme-{topics}", name=name, groups=", ".join(f'"group-{number}"' for number in ids)
    )
    looks = zip(ids, cycle(_PICTOGRAMS), cycle(_COLOURS), strict=False)
    for number, pictogram, colour in looks:
        letter = chr(ord("A") + number - 1)
        text += _GROUP.format(
            number=number, letter=letter, colour=colour, pictogram=pictogram, label=label
        )
    for number, group in enumerate(islice(cycle(ids), topics), start=1):
        text += _TOPIC.format(number=number, group=group, label=label)
    file = folder / f"extreme-{topics}.toml"
    file.write_text(text, encoding="utf-8")
    return file

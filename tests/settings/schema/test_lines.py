"""Line numbers are right however the TOML is written."""

from kiosk.settings.schema.lines import lines_of

TRICKY = '''\
# [[topics]] in a comment
title = """
[[topics]]
id = 1
"""
languages = [
    "de", # one a line
    "en",
]
[ colours ]
"action" = "#2044AA"

[[topics]]
id = "a"
label.de = "A" # [ not a table
[topics.label]
en = "[[A]]"
[[topics]]
id = "b"
[topics.label]
de = "B"
'''


def test_every_key_stands_where_it_begins() -> None:
    assert lines_of(TRICKY.replace("label.de", "other.de")) == {
        ("title",): 2,
        ("languages",): 6,
        ("languages", 0): 6,
        ("languages", 1): 6,
        ("colours",): 10,
        ("colours", "action"): 11,
        ("topics", 0): 13,
        ("topics", 0, "id"): 14,
        ("topics", 0, "other"): 15,
        ("topics", 0, "other", "de"): 15,
        ("topics", 0, "label"): 16,
        ("topics", 0, "label", "en"): 17,
        ("topics", 1): 18,
        ("topics", 1, "id"): 19,
        ("topics", 1, "label"): 20,
        ("topics", 1, "label", "de"): 21,
    }

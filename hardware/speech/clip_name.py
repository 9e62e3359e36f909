"""Names of recorded clips for sentences of the glass."""

import re
import zlib

_LONGEST = 40
_BETWEEN = re.compile(r"[\W_]+")


def clip_name(sentence: str) -> str:
    """The file, without its ending: the sentence's first words, and a check digit of all of it.

    `Nummer ziehen` is `nummer-ziehen-5c6f`: names stay readable, and two sentences that begin alike
    have two files.
    """
    words = _BETWEEN.sub("-", sentence.casefold()).strip("-")[:_LONGEST].rstrip("-")
    return f"{words}-{zlib.crc32(sentence.encode()) & 0xFFFF:04x}"

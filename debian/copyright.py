"""Writes the machine-readable copyright file (DEP-5) of the package, from what is installed in it.

`python debian/copyright.py SITE_PACKAGES`: licences of the libraries stand in their own metadata.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.metadata import Distribution

HEADER = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Radhaus
Source: the repository of Radhaus; what is beside it in usr/lib/radhaus: PyPI, as requirements.lock
 names it with versions and hashes

Files: *
Copyright: the contributors of Radhaus
License: EUPL-1.2
 The text of the European Union Public Licence 1.2 is in
 /usr/share/doc/radhaus/LICENSE.gz
"""

COMMON = {"Apache": "Apache-2.0", "LGPL": "LGPL-3", "MPL-2": "MPL-2.0"}
"""Licences whose text Debian has itself, in /usr/share/common-licenses."""

_TEXTS = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)
_NOTICE = re.compile(r"^\W*(copyright\b.*\d{4}.*|©.*)$", re.IGNORECASE | re.MULTILINE)


def main() -> None:
    sys.stdout.write(HEADER)
    found = {
        one.name.lower(): one for one in distributions(path=[sys.argv[1]]) if one.name != "radhaus"
    }
    for _, one in sorted(found.items()):
        sys.stdout.write("\n" + "\n".join(_paragraph(one)) + "\n")


def _paragraph(one: Distribution) -> Iterator[str]:
    here = Path(str(one.locate_file("")))
    files = sorted({path.parts[0] for path in one.files or () if path.parts[0] != ".."})
    texts = sorted(path for path in one.files or () if _is_text(path.parts))
    yield "Files: " + "\n ".join(f"{str(here / name).lstrip('/')}*" for name in files)
    yield "Copyright: " + "\n ".join(_notices(one, [here / path for path in texts]))
    licence = _short_name(one)
    yield f"License: {licence}"
    yield f" {one.name} {one.version}; its licence is"
    yield from (f" {here / path}" for path in texts)
    if not texts:
        yield f" named in {here / files[0]} and in its metadata alone."
    for name, text in COMMON.items():
        if name in licence:
            yield f" and its text is in /usr/share/common-licenses/{text}"


def _is_text(parts: tuple[str, ...]) -> bool:
    return parts[0].endswith(".dist-info") and bool(_TEXTS.search(parts[-1]))


def _notices(one: Distribution, texts: list[Path]) -> list[str]:
    found = [
        " ".join(line.split())
        for path in texts
        for line in _NOTICE.findall(path.read_text(encoding="utf-8", errors="replace"))
    ]
    author = one.metadata.get("Author") or one.metadata.get("Author-email")
    return list(dict.fromkeys(found))[:20] or [f"the authors of {one.name}: {author or 'unnamed'}"]


def _short_name(one: Distribution) -> str:
    """SPDX where the metadata have it, else the name that they give."""
    expression = one.metadata.get("License-Expression")
    if expression:
        return re.sub(r"\b(OR|AND)\b", lambda found: found[0].lower(), expression)
    licence = (one.metadata.get("License") or "").splitlines()
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in one.metadata.get_all("Classifier") or ()
        if line.startswith("License")
    ]
    named = licence[0] if licence and licence[0] else ", ".join(classifiers) or one.name
    return re.sub(r"[^\w.+-]+", "-", named).strip("-")


if __name__ == "__main__":
    main()

"""Writer of a report: the page itself, or printed to PDF by Chromium."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from kiosk.domain.errors import KioskError

_PROGRAMS: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_LONGEST_S: Final = 300.0


class ReportNotWritten(KioskError):
    """The file cannot be written there."""

    def __init__(self, file: Path, cause: OSError) -> None:
        super().__init__(f"The report cannot be written to {file}: {cause.strerror}.")


class PdfFailed(KioskError):
    """Chromium is missing, or has not printed."""


def write_report(page: bytes, file: Path) -> None:
    """Write a page to `FILE.html` or `FILE.pdf`, whole or not at all.

    Raises `PdfFailed` and `ReportNotWritten`.
    """
    content = _printed(page) if file.suffix == ".pdf" else page
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(file)
    except OSError as error:
        raise ReportNotWritten(file, error) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _printed(page: bytes) -> bytes:
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise PdfFailed(
            "PDF is printed by Chromium, which is not installed here: apt-get install chromium, or"
            " write the report as .html and print it from any browser."
        )
    with TemporaryDirectory() as folder:
        source, printed = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_bytes(page)
        options = ["--headless", "--disable-gpu", "--no-pdf-header-footer"]
        profile = f"--user-data-dir={folder}/profile"
        command = [program, *options, profile, f"--print-to-pdf={printed}", source.as_uri()]
        try:
            done = _run(command)
            # Our own page without a script: root and containers get no sandbox, and print it too.
            done = _run([*command, "--no-sandbox"]) if done.returncode else done
            if done.returncode:
                raise PdfFailed(_failure(program, done.stderr.strip().rpartition("\n")[2]))
            return printed.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise PdfFailed(_failure(program, str(error))) from error


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, check=False, text=True, errors="replace", timeout=_LONGEST_S
    )


def _failure(program: str, cause: str) -> str:
    return (
        f"{program} has not printed the report: {cause}. Write it as .html and print it from any"
        " browser."
    )

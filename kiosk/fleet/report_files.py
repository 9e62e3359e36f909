"""Files of a report: the page, or the same sums as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.errors import Refused
from kiosk.export.report.page import render_report
from kiosk.export.workbook.workbook import make_workbook

if TYPE_CHECKING:
    from kiosk.export.report.page import ReportContents


class TooManyDays(Refused):
    """A sheet cannot hold so many visits."""

    def __init__(self) -> None:
        super().__init__(
            "These are more visits than a workbook can list: choose a shorter time with --from and"
            " --until, fewer boxes with --box, or write the report as .html or .pdf."
        )


def report_file(contents: ReportContents, suffix: str) -> bytes:
    """The workbook for `.xlsx`, else the page. Raises `TooManyDays`."""
    if suffix != ".xlsx":
        return render_report(contents)
    if not contents.summed.has_days:
        raise TooManyDays
    return make_workbook(contents.summed.merged, contents.source)

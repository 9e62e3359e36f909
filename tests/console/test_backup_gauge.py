"""The gauge of the newest backup's age, for monitoring."""

from datetime import timedelta

from kiosk.console.api.metrics import metrics_text
from kiosk.console.http.context import Equipment, open_context
from kiosk.service import access
from kiosk.service.office import Office
from tests.town import TownClock


def test_metrics_report_the_age_of_the_newest_backup(office: Office, clock: TownClock) -> None:
    access.set_up(office.database)
    written = clock.wall - timedelta(days=5)
    context = open_context(office, clock, Equipment(last_backup=lambda: written))
    assert f"radhaus_last_backup_seconds {5 * 24 * 3600 + 1}.0" in metrics_text(context)
    assert "last_backup" not in metrics_text(open_context(office, clock)), "there is none"
    clock.trusted = False
    assert "last_backup" not in metrics_text(context), "its age is unknown"

"""Where laptops find the staff pages, as sheets say it."""

import pytest

from kiosk.domain.profile import Profile
from kiosk.operate.network.staff_urls import staff_url_by_name, staff_urls
from kiosk.settings.config import ConsoleSettings, NetworkSettings
from kiosk.settings.config.network import StaffNetwork, VisitorsNetwork
from kiosk.system.box_authority import host_name

OPEN = ConsoleSettings("0.0.0.0")  # noqa: S104
WIFI = StaffNetwork("wifi", "BuS-Team")


@pytest.mark.parametrize(
    ("network", "expected"),
    [
        (NetworkSettings(), ()),
        (NetworkSettings(visitors=VisitorsNetwork("wifi")), ()),
        (NetworkSettings(cable="staff"), ("https://10.42.1.1:8443/staff",)),
        (NetworkSettings(staff=WIFI), ("https://10.42.2.1:8443/staff",)),
        (
            NetworkSettings(cable="staff", visitors=VisitorsNetwork("wifi"), staff=WIFI),
            ("https://10.42.1.1:8443/staff", "https://10.42.2.1:8443/staff"),
        ),
    ],
)
def test_addresses_in_the_networks_that_the_box_makes_for_staff(
    town: Profile, network: NetworkSettings, expected: tuple[str, ...]
) -> None:
    assert staff_urls(OPEN, network, town) == expected
    assert staff_urls(ConsoleSettings(), network, town) == ()


def test_without_tls_the_port_of_all_pages_is_named(town: Profile) -> None:
    console = ConsoleSettings("0.0.0.0", 8184, tls_port=0)  # noqa: S104
    found = staff_urls(console, NetworkSettings(cable="staff"), town)
    assert found == ("http://10.42.1.1:8184/staff",)


def test_a_name_only_where_a_laptop_reaches_the_box() -> None:
    own = ConsoleSettings("0.0.0.0", names=["bus.stadt.example"])  # noqa: S104
    assert staff_url_by_name(own) == "https://bus.stadt.example:8443/staff"
    assert staff_url_by_name(ConsoleSettings(names=["bus.stadt.example"])) == ""
    name = host_name().partition(".")[0]
    of_machine = f"https://{name}.local:8443/staff" if name != "localhost" else ""
    assert staff_url_by_name(OPEN) == of_machine

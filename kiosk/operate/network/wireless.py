"""hostapd and wpa_supplicant: access points of the box, and its way into a hotspot."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.operate.network.interfaces import Wireless
    from kiosk.settings.config.network import NetworkSettings


def hostapd_file(points: Sequence[tuple[Wireless, str]], settings: NetworkSettings) -> str:
    """All access points of one radio, each with its password."""
    (first, _), *_ = points
    radio = f"""\
driver=nl80211
country_code={settings.country}
ieee80211d=1
hw_mode=g
channel={settings.channel}
ieee80211n=1
"""
    parts = [
        _access_point("interface" if point is first else "bss", point, password, wpa3=settings.wpa3)
        for point, password in points
    ]
    head, *others = parts
    return "\n".join([head + radio, *others])


def _access_point(key: str, point: Wireless, password: str, *, wpa3: bool) -> str:
    """Devices do not see each other, and nothing of them is logged but warnings."""
    text = f"""\
{key}={point.name}
ssid2={point.ssid.encode().hex()}
utf8_ssid=1
ap_isolate=1
wmm_enabled=1
logger_syslog_level=4
logger_stdout_level=4
"""
    if not password:
        return text
    keys = "WPA-PSK SAE" if wpa3 else "WPA-PSK"
    return f"""{text}\
wpa=2
wpa_key_mgmt={keys}
rsn_pairwise=CCMP
ieee80211w={int(wpa3)}
wpa_passphrase={password}
"""


def wpa_supplicant_file(hotspot: Wireless, password: str, settings: NetworkSettings) -> str:
    """The one network that the box joins, by WPA2 or WPA3."""
    return f"""\
country={settings.country}
update_config=0
network={{
	ssid={hotspot.ssid.encode().hex()}
	scan_ssid=1
	key_mgmt=WPA-PSK WPA-PSK-SHA256 SAE
	ieee80211w=1
	psk="{password}"
}}
"""

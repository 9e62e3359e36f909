"""A folder in the place of a computer's /sys, as a Raspberry Pi with an eMMC fills it."""

from pathlib import Path

TEMPERATURE = "sys/class/thermal/thermal_zone0/temp"
THROTTLED = "sys/devices/platform/soc/soc:firmware/get_throttled"
ALARM = "sys/class/hwmon/hwmon1/in0_lcrit_alarm"
LIFE_TIME = "sys/block/mmcblk0/device/life_time"
RESERVE = "sys/block/mmcblk0/device/pre_eol_info"
ONLINE = "sys/class/power_supply/ups/online"

WELL = {
    TEMPERATURE: "48312\n",
    THROTTLED: "0\n",
    "sys/class/hwmon/hwmon0/name": "cpu_thermal\n",
    "sys/class/hwmon/hwmon1/name": "rpi_volt\n",
    ALARM: "0\n",
    LIFE_TIME: "0x02 0x01\n",
    RESERVE: "0x01\n",
    "sys/block/mmcblk0boot0/device/life_time": "0x0b 0x0b\n",
    "sys/class/power_supply/battery/online": "1\n",
    "sys/class/power_supply/battery/type": "Battery\n",
    "sys/class/power_supply/ups/type": "Mains\n",
    ONLINE: "1\n",
}


class Machine:
    """Its files are written by a test as the kernel would."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name, content in WELL.items():
            self.say(name, content)

    def say(self, name: str, content: str | bytes) -> None:
        """A file has this content from now on."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def lack(self, name: str) -> None:
        """On this computer there is no such file."""
        (self.root / name).unlink()

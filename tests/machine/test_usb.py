"""What a stranger plugs into the appliance, and presses, on a real kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.waiting import eventually

if TYPE_CHECKING:
    from tests.machine.appliance import ApplianceGuest

pytestmark = pytest.mark.timeout(4 * 3600)
LOGIND = (
    "busctl get-property org.freedesktop.login1 /org/freedesktop/login1"
    " org.freedesktop.login1.Manager"
)
SETTLED = "udevadm settle --timeout=300; "


@pytest.fixture(scope="module", autouse=True)
def _ruled(machine: ApplianceGuest) -> None:
    eventually(lambda: _state(machine, "radhaus-usb") == "active", "the rules of config.toml")


def _state(machine: ApplianceGuest, unit: str) -> str:
    return machine.run(f"systemctl is-active {unit} || :")


def _authorized(machine: ApplianceGuest, serial: str) -> str:
    """0 or 1 of the device with that serial number; nothing before the kernel has seen it."""
    look = f"grep -lsx '{serial}' /sys/bus/usb/devices/*/serial | xargs -r dirname"
    return machine.run(f"{SETTLED}for each in $({look}); do cat $each/authorized; done")


def _plugged(machine: ApplianceGuest, driver: str, name: str, **more: object) -> str:
    machine.plug(driver, name, serial=name, **more)
    eventually(lambda: _authorized(machine, name) != "", f"the kernel has seen {name}")
    return _authorized(machine, name)


def _events(machine: ApplianceGuest) -> set[str]:
    return {*machine.run("ls /dev/input/event*").split()}


def _list(machine: ApplianceGuest) -> str:
    return machine.run(f"{SETTLED}kiosk usb list")


def test_a_strangers_keyboard_gets_no_driver_and_is_told(machine: ApplianceGuest) -> None:
    before = _events(machine)
    assert _plugged(machine, "usb-kbd", "stranger") == "0"
    assert _events(machine) == before
    assert "refused  0627:0001 (keyboard, QEMU USB Keyboard)" in _list(machine)
    found = machine.run("kiosk doctor --json || :")
    assert "Refused at USB: 0627:0001 (keyboard, QEMU USB Keyboard)" in found
    told = machine.run("journalctl --quiet --identifier radhaus-usb")
    assert "a device 0627:0001 (keyboard) in socket" in told
    machine.unplug("stranger")
    eventually(lambda: "refused" not in _list(machine), "it is gone")


def test_a_strangers_network_card_is_refused(machine: ApplianceGuest) -> None:
    before = machine.run("ls /sys/class/net")
    machine.monitor("netdev_add", type="user", id="phone")
    machine.plug("usb-net", "phone", netdev="phone")
    eventually(lambda: "refused  0525:a4a2" in _list(machine), "the network card is told")
    assert "network" in _list(machine)
    assert machine.run(f"{SETTLED}ls /sys/class/net") == before
    machine.unplug("phone")


def test_a_stick_and_what_points_are_let_in(machine: ApplianceGuest) -> None:
    machine.new_stick("stick", partition=0x0C)
    machine.plug_in_stick("stick")
    eventually(lambda: machine.run("ls /dev/sd? 2>/dev/null || :") == "/dev/sda", "the stick")
    machine.pull_stick("stick")
    before = _events(machine)
    assert _plugged(machine, "usb-tablet", "pane") == "1"
    eventually(lambda: _events(machine) > before, "the pane is an input")
    (event,) = _events(machine) - before
    assert "LIBINPUT_IGNORE_DEVICE" not in machine.run(f"udevadm info {event}")
    machine.unplug("pane")


def test_a_stick_is_not_taken_for_the_data_of_the_box(machine: ApplianceGuest) -> None:
    machine.new_stick("false", named="data")
    machine.plug_in_stick("false")
    eventually(lambda: machine.run("ls /dev/sd?1 2>/dev/null || :") == "/dev/sda1", "its partition")
    look = f"{SETTLED}readlink /dev/disk/by-partlabel/data"
    assert machine.run(look).startswith("../../vda")
    machine.run(f"{SETTLED}udevadm trigger --action=change --name=/dev/sda1")
    assert machine.run(look).startswith("../../vda")
    machine.pull_stick("false")


def test_the_port_of_the_printer_names_it(machine: ApplianceGuest) -> None:
    nobody = {"type": "null", "data": {}}
    for name, state in (("printer", "1"), ("modem", "0")):
        machine.monitor("chardev-add", id=name, backend=nobody)
        wire = {"chardev": name, "always-plugged": True}
        assert _plugged(machine, "usb-serial", name, **wire) == state
    lines = machine.run(f"{SETTLED}ls /dev/serial/by-id")
    assert "printer" in lines
    assert "modem" not in lines
    for name in ("printer", "modem"):
        machine.unplug(name)


def test_a_named_keypad_is_heard(machine: ApplianceGuest) -> None:
    before = _events(machine)
    assert _plugged(machine, "usb-kbd", "keypad") == "1"
    eventually(lambda: _events(machine) > before, "the keypad is an input")
    for event in _events(machine) - before:
        assert "LIBINPUT_IGNORE_DEVICE" not in machine.run(f"{SETTLED}udevadm info {event}")
    machine.unplug("keypad")


def test_no_keys_of_the_computer_lead_anywhere(machine: ApplianceGuest) -> None:
    """Its own keyboard is there, as in a laptop: SysRq, Ctrl-Alt-Del, another console."""
    look = "cat /proc/sys/kernel/random/boot_id /sys/class/tty/tty0/active"
    before = machine.run(look)
    for keys in (["alt", "sysrq", "b"], ["ctrl", "alt", "f2"], *[["ctrl", "alt", "delete"]] * 8):
        machine.press(*keys)
    assert machine.run(f"sleep 10; {look}") == before
    own = machine.run("grep -ls 'AT Translated' /sys/class/input/event*/device/name || :")
    for path in own.split():
        event = path.split("/")[4]
        assert "LIBINPUT_IGNORE_DEVICE=1" in machine.run(f"udevadm info /dev/input/{event}")


@pytest.mark.parametrize(
    ("look", "answer"),
    [
        ("cat /proc/sys/kernel/sysrq", "0"),
        ("systemctl show --value --property=CtrlAltDelBurstAction", "none"),
        ("systemctl is-enabled ctrl-alt-del.target || :", "masked"),
        ("systemctl is-enabled debug-shell.service || :", "masked"),
        ("systemctl is-enabled rescue.service || :", "masked"),
        (f"{LOGIND} HandleSuspendKey", 's "ignore"'),
        (f"{LOGIND} HandleRebootKey", 's "ignore"'),
        (f"{LOGIND} HandleLidSwitch", 's "ignore"'),
        ("grep -c usbcore.authorized_default=0 /proc/cmdline", "1"),
        ("cat /sys/bus/usb/devices/usb1/interface_authorized_default", "0"),
    ],
)
def test_a_way_out_is_shut(machine: ApplianceGuest, look: str, answer: str) -> None:
    assert machine.run(look) == answer

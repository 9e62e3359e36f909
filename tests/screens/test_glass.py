"""The running glass: what a citizen's finger, a key, a crash and the other doors do to it."""

import json
import os
import socket
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image

from hardware.trouble import Trouble
from kiosk.service import visits
from kiosk.service.queue_view import queue_view
from kiosk.service.slips import COPIES, SLIPS
from kiosk.store.database import connect
from kiosk.wiring.box import Kiosk
from tests.screens.close_request import ask_to_close
from tests.screens.running import RunningGlass
from tests.waiting import PATIENCE_S, eventually

pytestmark = pytest.mark.slow  # each starts a glass

WRONG = (
    ({"command": "tap", "id": "unknown"}, "There is nothing to tap called 'unknown'"),
    ({"command": "tap", "id": "service"}, "There is nothing to tap called 'service'"),
    ({"command": "key", "name": "f1"}, "There is no key 'f1'"),
    ({"command": "dance"}, "There is no command 'dance'"),
    ({"order": "describe"}, "Not a request"),
)
TO_THE_TOPICS = ("start.number", "group.antraege-und-ausweise")
TO_A_NUMBER = (*TO_THE_TOPICS, "topic.wohngeld")


def _numbers(kiosk: Kiosk) -> list[str]:
    return [ticket.number for ticket in kiosk.office.read(queue_view).tickets]


def test_a_citizen_takes_a_number(glass: RunningGlass, open_day: Kiosk) -> None:
    seen = [glass.screen()]
    for name in TO_A_NUMBER:
        glass.tap(name)
        seen.append(glass.screen())
    assert seen == ["start", "groups", "topics", "number"]
    assert glass.element("number")["text"] == "E-001"
    assert glass.element("number.ahead")["text"] == "Niemand ist vor Ihnen"
    assert _numbers(open_day) == ["E-001"]
    glass.tap("number.done")
    assert glass.screen() == "start"
    assert not (open_day.paths.runtime / "touch-wish.json").exists()


def test_a_pressed_smiley_counts_at_once_and_can_be_taken_back(
    glass: RunningGlass, open_day: Kiosk
) -> None:
    def scores() -> list[int]:
        with open_day.office.database.read() as connection:
            return [row[0] for row in connection.execute("SELECT score FROM feedback")]

    glass.tap("start.feedback", "smiley.2")
    assert (glass.screen(), scores()) == ("thanks", [2])
    glass.tap("thanks.undo")
    assert (glass.screen(), scores()) == ("feedback", [])
    glass.tap("smiley.5", "thanks.done")
    assert (glass.screen(), scores()) == ("start", [5])


def test_who_waits_for_the_office_sees_something_move_and_gets_the_number(
    glass: RunningGlass, open_day: Kiosk
) -> None:
    glass.tap(*TO_THE_TOPICS)
    with closing(connect(open_day.office.database.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        glass.touch("topic.wohngeld")
        eventually(lambda: glass.screen() == "moment", "One moment")
        first = glass.picture().tobytes()
        eventually(lambda: glass.picture().tobytes() != first, "motion")
        eventually(lambda: glass.picture().tobytes() == first, "its way back")
        other.execute("ROLLBACK")
    eventually(lambda: glass.screen() == "number", "the number")
    assert _numbers(open_day) == ["E-001"]


def test_after_a_kill_the_number_is_on_the_glass_again(
    glass: RunningGlass, open_day: Kiosk
) -> None:
    glass.tap("language.ar", "start.number", "group.rat-und-hilfe", "topic.orientierung")
    glass.kill()
    glass.start()
    assert glass.element("number")["text"] == "F-001"
    assert glass.tree()["language"] == "ar"
    assert _numbers(open_day) == ["F-001"]


def test_the_other_doors_change_the_screen(glass: RunningGlass, open_day: Kiosk) -> None:
    visits.close_visit(open_day.office, open_day.now())
    eventually(lambda: glass.screen() == "closed")
    visits.open_visit(open_day.office, "buer-springemarkt", ["wohngeld"], open_day.now())
    eventually(lambda: glass.screen() == "start")
    glass.tap("start.number")
    assert glass.screen() == "number", "a choice of one is none"


def test_without_a_slip_the_citizen_is_asked_to_remember_or_to_print_it_again(
    glass: RunningGlass, open_day: Kiosk
) -> None:
    glass.tap(*TO_A_NUMBER)
    SLIPS.give_up(open_day.office, Trouble.PAPER_OUT, open_day.now())
    eventually(lambda: glass.element("number.slip")["text"] == "Bitte merken Sie sich E-001")
    glass.tap("reprint")
    job = eventually(lambda: COPIES.begin(open_day.office, open_day.now()))
    assert "reprint" not in {element["id"] for element in glass.tree()["elements"]}
    COPIES.printed(open_day.office, job.id, open_day.now())
    eventually(lambda: glass.element("number.slip")["text"] == "Bitte nehmen Sie Ihren Zettel")


def _xdotool(glass: RunningGlass, *words: object) -> str:
    command = ["xdotool", *map(str, words)]
    done = subprocess.run(
        command, env=glass.environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def _window(glass: RunningGlass) -> str:
    return _xdotool(glass, "search", "--pid", glass.process.pid).split()[0]


def _point(glass: RunningGlass, x: int, y: int, *then: object) -> None:
    """A real pointer, moved over the glass; the window may stand anywhere on its display."""
    _xdotool(glass, "mousemove", "--window", _window(glass), x, y, *then)


def test_a_double_tap_of_a_real_pointer_makes_one_ticket(
    glass: RunningGlass, open_day: Kiosk
) -> None:
    glass.tap(*TO_THE_TOPICS)
    x, y = glass.centre("topic.wohngeld")
    _point(glass, x, y, "click", "--repeat", 4, "--delay", 60, 1)
    eventually(lambda: glass.screen() == "number")
    assert _numbers(open_day) == ["E-001"]


def test_a_finger_that_slides_off_has_touched_nothing(glass: RunningGlass) -> None:
    x, y = glass.centre("start.number")
    _point(glass, x, y, "mousedown", 1)
    eventually(lambda: glass.element("start.number")["background"] == "#14296B")
    _point(glass, x, 790, "mouseup", 1)
    eventually(lambda: glass.element("start.number")["background"] == "#2044AA")
    assert glass.screen() == "start"


def test_a_window_of_another_size_is_laid_out_anew(glass: RunningGlass) -> None:
    _xdotool(glass, "windowsize", _window(glass), 800, 480)
    eventually(lambda: glass.tree()["size_px"] == [800, 480])
    x, y, width, height = glass.element("language")["bounds_px"]
    assert (x + width <= 800, y + height <= 480) == (True, True)
    assert glass.picture().size == (800, 480)
    glass.tap("start.feedback")
    assert glass.screen() == "feedback"
    _xdotool(glass, "windowsize", _window(glass), 1280, 800)
    eventually(lambda: glass.tree()["size_px"] == [1280, 800])


def test_no_key_leads_out_of_the_glass(glass: RunningGlass) -> None:
    window = _window(glass)
    _xdotool(glass, "windowfocus", "--sync", window)
    keys = ("F1", "alt+F4", "ctrl+q", "ctrl+c", "ctrl+e", "F11", "F12", "super", "Escape", "Tab")
    _xdotool(glass, "key", "--delay", 20, *keys)
    ask_to_close(glass.environment["DISPLAY"], int(window))
    assert glass.screen() == "start"
    assert glass.process.poll() is None
    _xdotool(glass, "key", "Down")
    eventually(lambda: glass.element("start.number")["focused"])


def test_four_keys_are_enough(glass: RunningGlass, open_day: Kiosk) -> None:
    def focused() -> str | None:
        names = [element["id"] for element in glass.tree()["elements"] if element["focused"]]
        return names[0] if names else None

    glass.key("down")
    assert focused() == "start.number"
    glass.key("ok")
    assert glass.screen() == "groups"
    while focused() != "group.rat-und-hilfe":
        glass.key("up")
    glass.key("ok", "down", "ok")
    assert glass.screen() == "number"
    while focused() != "number.done":
        glass.key("down")
    glass.key("ok")
    assert glass.screen() == "start"
    assert _numbers(open_day) == ["F-001"]
    glass.tap("start.feedback")
    glass.key("back")
    assert glass.screen() == "start"


def test_a_visible_ring_shows_where_the_keys_are(glass: RunningGlass) -> None:
    before = glass.picture()
    glass.key("down")
    x, y, width, _ = glass.element("start.number")["bounds_px"]
    beside = (x + width // 2, y - round(1.5 / 0.17))
    assert before.getpixel(beside) == (0xF8, 0xF9, 0xFC)
    assert glass.picture().getpixel(beside) == (0x1D, 0x20, 0x34)


def test_the_inspection_socket_is_for_its_own_user_only_and_answers_nonsense(
    glass: RunningGlass,
) -> None:
    assert stat.S_IMODE((glass.data / "touch.sock").stat().st_mode) == 0o600
    for request, error in WRONG:
        assert error in glass.ask(**request)["error"]
    assert glass.screen() == "start"


def test_the_command_line_looks_and_touches(glass: RunningGlass, tmp_path: Path) -> None:
    def kiosk(*words: object) -> subprocess.CompletedProcess[str]:
        data = ["--data", str(glass.data)]
        command = [sys.executable, "-m", "kiosk", "glass", *map(str, words), *data]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    kiosk("tap", "contrast")
    tree = json.loads(kiosk("describe", "--json").stdout)
    assert (tree["theme"], tree["size_px"], tree["mm_per_px"]) == ("contrast", [1280, 800], 0.17)
    assert kiosk("shot", tmp_path / "glass.png").returncode == 0
    with Image.open(tmp_path / "glass.png") as picture:
        assert picture.size == (1280, 800)
    assert kiosk("key", "down").returncode == 0
    assert glass.element("start.number")["focused"]
    refused = kiosk("tap", "unknown")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert glass.stop() == 0
    silent = kiosk("describe")
    assert (silent.returncode, silent.stderr.count("\n")) == (1, 1)
    assert "The glass does not answer" in silent.stderr


def test_without_a_display_it_says_so_in_one_sentence(new_kiosk: Kiosk) -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY")
    unused = f"unix:{new_kiosk.paths.data}/no-display"  # a number may be another program's
    for environment in ({}, {"DISPLAY": unused}):
        ended = subprocess.run(
            [sys.executable, "-m", "kiosk", "touch", "--data", new_kiosk.paths.data],
            env={k: v for k, v in os.environ.items() if k not in hidden} | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 1
        assert ended.stderr.startswith("kiosk: There is no display for the glass")
        assert ended.stderr.count("\n") == 1


def test_it_pings_the_watchdog_from_its_loop(new_kiosk: Kiosk, display: dict[str, str]) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        name = f"glass-watchdog-{uuid4()}"
        ear.bind(f"\0{name}")
        ear.settimeout(PATIENCE_S)
        environment = {"NOTIFY_SOCKET": f"@{name}", "WATCHDOG_USEC": "400000"}
        with subprocess.Popen(
            [sys.executable, "-m", "kiosk", "touch", "--data", new_kiosk.paths.data],
            env={**display, **environment},
        ) as process:
            said = [ear.recv(4096).split(b"\n")[0] for _ in range(4)]
            process.terminate()
            assert process.wait(PATIENCE_S) == 0
        assert said == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1", b"WATCHDOG=1"]

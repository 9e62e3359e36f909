"""WCAG 2.2 AA for staff pages and call display: axe, keyboard, 400 % zoom, a phone."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kiosk import profiles
from kiosk.console.german import DEVICES
from kiosk.domain.events import DeviceChanged
from kiosk.service import back_office, desks, service_day, trail
from kiosk.service.office import Office
from kiosk.store import journal
from tests.console.box import Box, running_box
from tests.console.conftest import staff_page
from tests.town import FIRST_DESK, JOBS, RENT, SCHOOL, SECOND_DESK, TURKISH, TownClock

pytestmark = pytest.mark.slow  # a real browser

# Beyond axe's own choice: the targets of WCAG 2.2, and 7:1 for text, because the sun shines in.
RULES = {"target-size": {"enabled": True}, "color-contrast-enhanced": {"enabled": True}}


def faults(page: Page) -> list[str]:
    """What axe finds: rule and element, once a page that was just loaded anew has its style."""
    page.wait_for_load_state()
    found = Axe().run(page, options={"resultTypes": ["violations"], "rules": RULES})
    return [
        f"{violation['id']}: {node['html']}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


def fill(box: Box) -> None:
    """A busy morning: somebody waits, is parked, was missed, is served."""
    for topic in (JOBS, RENT, JOBS, RENT):
        box.take(topic, TURKISH, priority=topic == RENT)
    back_office.call_next(box.office, FIRST_DESK, box.clock())
    back_office.park(box.office, FIRST_DESK, box.clock())
    for _ in range(box.office.profile.calls_before_missed):
        called = back_office.call_next(box.office, FIRST_DESK, box.clock())
        back_office.miss(box.office, FIRST_DESK, box.clock())
    assert called
    back_office.call_next(box.office, FIRST_DESK, box.clock())


def test_login_and_choice_of_desk(browser: BrowserContext, box: Box) -> None:
    page = browser.new_page()
    page.goto("/staff")
    assert faults(page) == []
    page.get_by_label("PIN dieses Busses").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Diese PIN ist falsch. Bitte")
    assert faults(page) == []
    page.get_by_label("PIN dieses Busses").fill(box.secrets.staff_pin)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="An welchem Platz sitzen Sie?")).to_be_visible()
    assert faults(page) == []


def test_a_desk_closed_empty_called_busy_and_with_each_dialog(
    browser: BrowserContext, box: Box
) -> None:
    page = staff_page(browser, box)
    expect(page.get_by_role("heading", name="Einsatz öffnen")).to_be_visible()
    assert faults(page) == []
    box.open_visit()
    expect(page.get_by_role("heading", name="Niemand wartet")).to_be_visible()
    assert faults(page) == []
    fill(box)
    expect(page.get_by_role("heading", name="Aufgerufen")).to_be_visible()
    assert faults(page) == []
    back_office.start(box.office, FIRST_DESK, box.clock())
    expect(page.get_by_role("heading", name="Wird bedient")).to_be_visible()
    assert faults(page) == []


DIALOGS = [
    ["Weiterleiten"],
    ["Verwiesen …"],
    ["Nummer für jemanden ziehen"],
    ["Ohne Nummer zählen"],
    ["A-002"],
    ["Platz"],
    ["Platz", "Anliegen dieses Platzes"],
    ["Einsatz"],
    ["Einsatz", "Termine heute"],
    ["Einsatz", "Kontingente"],
    ["Einsatz", "Angebotene Anliegen"],
    ["Einsatz", "Papierrolle nachtragen"],
    ["Einsatz", "Einsatz beenden"],
]


def test_every_dialog_is_free_of_faults_and_left_by_escape(busy: Page, box: Box) -> None:
    service_day.limit_topic(box.office, RENT, 3, box.clock())
    dialog = busy.get_by_role("dialog")
    for buttons in DIALOGS:
        for name in buttons:
            within = dialog if name is not buttons[0] else busy
            within.get_by_role("button", name=name).first.click()
            expect(dialog.get_by_role("heading").first).to_be_visible()
        assert faults(busy) == [], buttons
        busy.keyboard.press("Escape")
        expect(dialog).to_be_hidden()


def test_what_staff_are_told_is_free_of_faults(busy: Page, box: Box) -> None:
    desks.call_help(box.office, SECOND_DESK, box.clock(), wanted=True)
    desks.set_at_work(box.office, FIRST_DESK, box.clock(), at_work=False)
    desks.set_at_work(box.office, SECOND_DESK, box.clock(), at_work=True)
    box.take(SCHOOL)
    service_day.set_intake(box.office, box.clock(), intake=False)
    trail.undo(box.office, FIRST_DESK, box.clock())
    for text in ("Platz 2 bittet um Hilfe", "Kein Platz ruft auf", "rückgängig gemacht"):
        expect(busy.get_by_text(text).first).to_be_visible()
    assert faults(busy) == []


def test_the_call_display(browser: BrowserContext, box: Box) -> None:
    page = browser.new_page()
    page.goto("/display")
    expect(page.get_by_text("Im Moment geschlossen")).to_be_visible()
    assert faults(page) == []
    box.open_visit()
    fill(box)
    expect(page.get_by_text("Bitte kommen Sie")).to_be_visible()
    assert faults(page) == []


@pytest.fixture
def busy(desk: Page, box: Box) -> Page:
    """A desk with all buttons that there can be."""
    fill(box)
    expect(desk.get_by_role("heading", name="Aufgerufen")).to_be_visible()
    return desk


# 1280 x 1024 at 400 % is 320 x 256.
@pytest.mark.parametrize(
    ("width", "height"), [(320, 256), (360, 740), (768, 1024), (1024, 768), (1366, 768)]
)
def test_nothing_is_cut_off_sideways(busy: Page, width: int, height: int) -> None:
    busy.set_viewport_size({"width": width, "height": height})
    cut = """() => [...document.querySelectorAll("#desk *")].filter(element => {
        const box = element.getBoundingClientRect();
        const meant = element.closest(".unseen, .offer, .stop");
        const card = element.closest(".card")?.getBoundingClientRect();
        const right = card?.right ?? innerWidth;
        return box.width && !meant && (box.right > right + 1 || box.left < -1);
    }).map(element => element.outerHTML.slice(0, 80))"""
    assert busy.evaluate(cut) == []
    assert busy.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for button in busy.get_by_role("button").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= 40


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1024, 768)])
def test_person_outcome_next_and_undo_stay_in_sight_on_a_small_laptop(
    busy: Page, box: Box, width: int, height: int
) -> None:
    busy.set_viewport_size({"width": width, "height": height})
    for _ in range(40):
        box.take()
    desks.call_help(box.office, SECOND_DESK, box.clock(), wanted=True)
    expect(busy.get_by_text("weitere")).to_be_attached()
    for name in ("Nächste Nummer", "Nicht geholfen", "Rückgängig", "Einsatz", "Ohne Nummer"):
        expect(busy.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    expect(busy.get_by_text("Zuletzt an diesem Platz")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1024, 768), (360, 740)])
def test_a_visit_is_opened_without_scrolling(
    browser: BrowserContext, office: Office, clock: TownClock, width: int, height: int
) -> None:
    with running_box(Office(office.database, profiles.load("gelsenkirchen")), clock) as box:
        page = staff_page(browser, box)
        page.set_viewport_size({"width": width, "height": height})
        opening = page.get_by_role("button", name="Einsatz öffnen")
        expect(opening).to_be_in_viewport(ratio=1)
        page.get_by_role("checkbox").last.focus()
        assert not page.evaluate(FOCUS)["hidden"]
        expect(opening).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1280, 720), (1024, 768)])
def test_messages_cut_no_button_of_the_person_on_a_small_laptop(
    busy: Page, width: int, height: int
) -> None:
    buttons = busy.locator(".column button:visible")

    def all_in_sight() -> None:
        assert buttons.count() > 12
        for button in buttons.all():
            expect(button).to_be_in_viewport(ratio=1)

    busy.set_viewport_size({"width": width, "height": height})
    all_in_sight()
    busy.keyboard.press("b")
    busy.keyboard.press("u")
    expect(busy.get_by_text("Rückgängig gemacht.")).to_be_visible()
    all_in_sight()
    if height < 768:
        return  # two messages at once are more than there is room for: the card scrolls
    busy.context.set_offline(True)
    busy.keyboard.press("r")
    for message in ("Verbindung verloren", "Keine Verbindung."):
        expect(busy.get_by_text(message)).to_be_visible()
    all_in_sight()
    busy.context.set_offline(False)


@pytest.mark.parametrize("broken", [(), tuple(DEVICES)], ids=["all ready", "all in trouble"])
@pytest.mark.parametrize("width", [1366, 1280])
def test_the_bar_is_one_line_whatever_is_in_trouble(
    browser: BrowserContext, office: Office, clock: TownClock, width: int, broken: tuple[str, ...]
) -> None:
    bus = Office(office.database, profiles.load("gelsenkirchen"))
    with running_box(bus, clock, stand_ins=tuple(DEVICES)) as box:
        box.open_visit()
        with bus.database.write() as connection:
            for device in DEVICES:
                told = DeviceChanged(device, ("fault",) if device in broken else ())
                journal.append(connection, told, clock(), None)
        page = staff_page(browser, box)
        page.set_viewport_size({"width": width, "height": 768})
        said = f"gestört und {len(DEVICES) - 1} weitere" if broken else "● Alle Geräte bereit"
        middles = []
        for text in (said, "Einsatz", "Simuliert", "Platz 1"):
            shown = page.get_by_role("banner").get_by_text(text).first.bounding_box()
            assert shown
            assert shown["height"] < 48, f"{text!r} is more than one line"
            middles.append(shown["y"] + shown["height"] / 2)
        assert max(middles) - min(middles) < 5, "something stands on a line of its own"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


FOCUS = """() => {
    const style = getComputedStyle(document.activeElement);
    const box = document.activeElement.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return {
        what: document.activeElement.id || document.activeElement.textContent,
        outline: style.outlineStyle === "solid" ? parseFloat(style.outlineWidth) : 0,
        hidden: !document.activeElement.contains(top),
    };
}"""


def test_the_tab_key_reaches_every_button_in_order_and_the_focus_is_seen(busy: Page) -> None:
    wanted = busy.get_by_role("button").count() + busy.get_by_role("link").count() + 1
    reached = []
    for _ in range(wanted):
        busy.keyboard.press("Tab")
        reached.append(busy.evaluate(FOCUS))
    assert len({focus["what"] for focus in reached}) == wanted
    assert all(focus["outline"] >= 2 for focus in reached)
    assert [focus["what"] for focus in reached if focus["hidden"]] == []


@pytest.mark.parametrize(("width", "height"), [(320, 256), (360, 740), (1366, 768)])
def test_a_message_hides_neither_number_nor_focus(busy: Page, width: int, height: int) -> None:
    busy.set_viewport_size({"width": width, "height": height})
    busy.route("**/recall", lambda route: route.abort())
    recall = busy.get_by_role("button", name="Erneut rufen")
    recall.focus()
    recall.press("Enter")
    message = busy.get_by_text("Keine Verbindung.")
    expect(message).to_be_in_viewport(ratio=1)
    for key in ("Tab", "Shift+Tab"):
        for _ in range(8):
            assert not busy.evaluate(FOCUS)["hidden"]
            expect(message).to_be_in_viewport(ratio=1)
            busy.keyboard.press(key)
    busy.evaluate("scrollTo(0, 0)")
    strip, number = busy.locator("#strip").bounding_box(), busy.locator("#number").bounding_box()
    assert strip
    assert number
    assert number["y"] >= strip["y"] + strip["height"]


THUMB_PX = 48


@pytest.fixture
def phone(chromium: Browser, box: Box) -> Iterator[Page]:
    """A desk on a phone, held in one hand."""
    box.open_visit()
    context = chromium.new_context(
        base_url=box.url, viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True
    )
    page = staff_page(context, box)
    fill(box)
    expect(page.get_by_role("heading", name="Aufgerufen")).to_be_visible()
    yield page
    context.close()


def test_on_a_phone_person_next_and_undo_stay_at_the_thumb(phone: Page, box: Box) -> None:
    for _ in range(20):
        box.take()
    expect(phone.get_by_role("row", name="A-020")).to_be_attached()
    for scrolled in (0, 600, 5000):
        phone.evaluate("y => scrollTo(0, y)", scrolled)
        for name in ("Nächste Nummer", "Rückgängig"):
            shown = phone.get_by_role("button", name=name)
            expect(shown).to_be_in_viewport(ratio=1)
        expect(phone.locator(".whom")).to_be_in_viewport(ratio=1)
    assert faults(phone) == []
    before = phone.locator(".whom").inner_text()
    phone.get_by_role("button", name="Nächste Nummer").tap()
    expect(phone.locator(".whom")).not_to_have_text(before)


def test_on_a_phone_dialogs_are_sheets_and_every_target_is_a_thumb_wide(phone: Page) -> None:
    for buttons in DIALOGS:
        for name in buttons:
            within = phone.get_by_role("dialog") if name is not buttons[0] else phone
            within.get_by_role("button", name=name).first.tap()
            expect(phone.get_by_role("dialog").get_by_role("heading").first).to_be_visible()
        sheet = phone.get_by_role("dialog").bounding_box()
        assert sheet
        assert (sheet["x"], sheet["width"]) == (0, 360)
        assert sheet["y"] + sheet["height"] >= 739
        assert phone.evaluate("document.querySelector('dialog').scrollWidth <= 360"), buttons
        for target in phone.get_by_role("dialog").get_by_role("button").all():
            size = target.bounding_box()
            assert size
            assert size["height"] >= THUMB_PX - 4, buttons
        phone.keyboard.press("Escape")
        expect(phone.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("ways", DIALOGS, ids=" > ".join)
def test_no_dialog_holds_the_keyboard(busy: Page, ways: list[str]) -> None:
    dialog = busy.get_by_role("dialog")
    for name in ways:
        within = dialog if name is not ways[0] else busy
        opener = within.get_by_role("button", name=name).first
        opener.focus()
        busy.keyboard.press("Enter")
        expect(dialog.get_by_role("heading").first).to_be_visible()
        expect(opener if name is ways[0] else dialog).not_to_be_focused()
    assert busy.evaluate(FOCUS)["outline"] >= 2
    assert not busy.evaluate(FOCUS)["hidden"]
    for _ in range(3):  # the last Tab leads to the browser's own bar
        busy.keyboard.press("Tab")
        assert busy.evaluate("document.activeElement.matches('body, dialog *')")
    busy.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(busy.get_by_role("button", name=ways[0]).first).to_be_focused()


def test_what_is_chosen_is_told_without_colours_and_nothing_moves(busy: Page) -> None:
    busy.emulate_media(forced_colors="active", reduced_motion="reduce")
    ground = "element => getComputedStyle(element).backgroundColor"
    pair = [busy.get_by_role("button", name=name) for name in ("Kurz", "Ausführlich")]
    assert len({button.evaluate(ground) for button in pair}) == 2
    assert busy.evaluate("document.getAnimations().length") == 0


SIGNS = {"Space": "Leertaste", "-": "\N{MINUS SIGN}", "Plus": "+"}


def test_every_shortcut_stands_on_its_button(busy: Page) -> None:
    hints = busy.locator("[aria-keyshortcuts]")
    for button in hints.all():
        key = button.get_attribute("aria-keyshortcuts")
        assert key
        sign = SIGNS.get(key, key.split()[0])
        expect(button.locator("xpath=self::button | self::input/..")).to_contain_text(sign)


def test_before_an_idle_session_ends_staff_are_asked(browser: BrowserContext, box: Box) -> None:
    box.open_visit()
    page = browser.new_page()
    page.clock.install()
    page.goto("/staff")
    page.get_by_label("PIN dieses Busses").fill(box.secrets.staff_pin)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Platz 1").click()
    expect(page.get_by_role("heading", name="Niemand wartet")).to_be_visible()
    page.wait_for_load_state("load")  # the idle time has begun
    question = page.get_by_role("alert").filter(has_text="Sie werden in 2 Minuten abgemeldet.")
    page.clock.fast_forward("27:59")
    expect(question).to_be_hidden()
    page.clock.fast_forward("00:02")
    expect(question).to_be_visible()
    page.get_by_role("button", name="Angemeldet bleiben").click()
    expect(question).to_be_hidden()
    page.clock.fast_forward("27:00")
    expect(question).to_be_hidden()

import re

import pytest

from kiosk.console.app import create_app
from kiosk.console.http.headers import is_own_name
from kiosk.console.http.static_files import STATIC
from kiosk.system.paths import ASSETS
from tests.console.box import Box

PAGES = (
    "/staff/login",
    "/display",
    "/api/v1/state",
    f"{STATIC}/desk.js",
    "/nowhere",
    "/schema/openapi.json",
)


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_forbids_what_the_pages_do_not_need(box: Box, path: str) -> None:
    headers = box.stranger().get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "server" not in headers


def test_a_cache_keeps_styles_for_good_but_no_page(box: Box) -> None:
    client = box.stranger()
    login = client.get("/staff/login")
    assert login.headers["Cache-Control"] == "no-store"
    for path in re.findall(r'rel="stylesheet" href="([^"]+)"', login.text):
        style = client.get(path)
        assert style.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    missing = client.get(f"{STATIC}/nothing.css")
    assert (missing.status_code, missing.headers["Cache-Control"]) == (404, "no-store")


def test_the_icon_of_the_tab_is_the_one_of_the_glass(box: Box) -> None:
    client = box.stranger()
    [path] = re.findall(r'rel="icon" href="([^"]+)"', client.get("/staff/login").text)
    icon = client.get(path)
    assert icon.headers["Content-Type"].startswith("image/svg+xml")
    assert icon.content == (ASSETS / "icons" / "bus.svg").read_bytes()


OWN = (
    "192.168.4.1:8080",
    "[fe80::1]:8080",
    "localhost:8080",
    "radhaus",
    "radhaus.local",
    "bus.lan",
)
STRANGE = ("evil.example", "evil.example:8080", "192.168.4.1.evil.example", "local.evil.example")


def test_only_names_that_no_stranger_can_own_are_believed(box: Box) -> None:
    client = box.stranger()
    for name in OWN:
        assert client.get("/api/v1/state", headers={"Host": name}).status_code == 200, name
    for name in STRANGE:
        refused = client.get("/api/v1/state", headers={"Host": name})
        assert refused.status_code == 421, name
        box.problem(refused)


def test_the_operator_can_add_a_name(box: Box) -> None:
    names = create_app(box.context, names=["Bus.Stadt.Example"]).state["host_names"]
    assert is_own_name("bus.stadt.example", names)
    assert not is_own_name("stadt.example", names)


@pytest.mark.parametrize(
    "path", ["/../../app.py", "/%2e%2e/%2e%2e/app.py", "/..%2fapp.py", "/../app.py", "/%00"]
)
def test_no_path_leads_out_of_the_static_folder(box: Box, path: str) -> None:
    assert box.stranger().get(STATIC + path).status_code == 404

"""Barriers on a web page, as axe finds them."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

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

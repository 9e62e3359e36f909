"""Barriers on a web page, as axe finds them."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "target-size": {"enabled": True},  # beyond axe's own choice: the targets of WCAG 2.2
    "color-contrast-enhanced": {"enabled": True},  # 7:1 for text, because the sun shines in
    "color-contrast": {"enabled": False},  # asks the same elements for less
}
OPTIONS = {"resultTypes": ["violations"], "rules": RULES}
AXE = Axe()
VIOLATIONS = """(options) => axe.run(options).then(({ violations }) => violations.flatMap(
    ({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)
))"""


def faults(page: Page) -> list[str]:
    """What axe finds: rule and element, once a page that was just loaded anew has its style."""
    page.wait_for_load_state()
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE.axe_script)
    found: list[str] = page.evaluate(VIOLATIONS, OPTIONS)
    return found

"""axe-core in a page of the browser: what shuts somebody out."""

from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

AXE = Path(__file__).parents[1] / "frontend/node_modules/axe-core/axe.min.js"
JUDGE = """async () => {
  const { violations, passes, incomplete } = await axe.run(document);
  const judged = [violations, passes, incomplete].flat().map(({ id }) => id);
  return { violations, judged };
}"""
CONTRAST = "color-contrast"


def bring_axe(context: BrowserContext) -> None:
    """Puts axe into every page of the context, where no rule for scripts keeps it out.

    Fails where the dashboard's development packages are missing: `./eth test` installs them.
    """
    assert AXE.exists(), "no axe-core here: `./eth install` installs it"
    context.add_init_script(path=AXE)


def violations(page: Page) -> list[str]:
    """Each broken rule with its first places; what is hidden from everybody is not looked at."""
    found: dict[str, Any] = page.evaluate(JUDGE)  # Any: axe's own JSON
    assert CONTRAST in found["judged"], "axe did not look at the contrast"
    return [_told(rule) for rule in found["violations"]]


def _told(rule: dict[str, Any]) -> str:
    nodes = rule["nodes"]
    places = "; ".join(f"{node['html'][:160]} {node['failureSummary']}" for node in nodes[:3])
    return f"{rule['id']} ({len(nodes)}×): {places}"

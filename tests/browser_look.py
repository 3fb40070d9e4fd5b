"""How the dashboard is looked at: on which screen, and in which colours."""

import json
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, ViewportSize

DESKTOP, MOBILE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)


@dataclass(frozen=True, slots=True)
class Look:
    screen: ViewportSize
    scheme: Literal["dark", "light"] = "dark"
    palette: Literal["standard", "colour-blind"] = "standard"

    def __str__(self) -> str:
        colours = self.scheme if self.palette == "standard" else self.palette
        return f"{self.screen['width']}-{colours}"

    def open_in(self, browser: Browser, url: str) -> BrowserContext:
        """A browser of somebody who has the system set like this, and wants no motion."""
        context = browser.new_context(
            viewport=self.screen,
            base_url=url,
            color_scheme=self.scheme,
            reduced_motion="reduce",
            has_touch=self.screen is MOBILE,
        )
        context.add_init_script(_remembering({"palette": self.palette}))
        return context


def _remembering(settings: dict[str, str]) -> str:
    """What an earlier visit left, unless this one has changed it."""
    kept = json.dumps(json.dumps({"state": settings, "version": 0}))
    return f"localStorage.settings ??= {kept}"


LOOKS = tuple(
    look
    for screen, colour_blind in ((DESKTOP, "dark"), (MOBILE, "light"))
    for look in (
        Look(screen, "dark"),
        Look(screen, "light"),
        Look(screen, colour_blind, "colour-blind"),  # type: ignore[arg-type] # a literal of this loop
    )
)
"""Both colour-blind palettes are among them: the dark one on a desktop, the light on a phone."""

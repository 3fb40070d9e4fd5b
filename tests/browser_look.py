"""How the dashboard is looked at: on which screen, and in which colours."""

import json
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

DESKTOP, MOBILE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)

Scheme = Literal["dark", "light"]
SCHEMES: tuple[Scheme, ...] = ("dark", "light")
BACKGROUNDS = {"dark": "rgb(11, 14, 20)", "light": "rgb(246, 247, 250)"}


@dataclass(frozen=True, slots=True)
class Look:
    screen: ViewportSize
    palette: Literal["standard", "colour-blind"]

    def __str__(self) -> str:
        return f"{self.screen['width']}-{self.palette}"

    def open_in(self, browser: Browser, url: str) -> BrowserContext:
        """A browser of somebody who chose this palette before, and wants no motion."""
        context = browser.new_context(
            viewport=self.screen,
            base_url=url,
            reduced_motion="reduce",
            has_touch=self.screen is MOBILE,
        )
        context.add_init_script(_remembering({"palette": self.palette}))
        return context


def prefer(page: Page, scheme: Scheme) -> None:
    """As the system that turns dark in the evening: the page follows at once."""
    page.emulate_media(color_scheme=scheme)
    expect(page.locator("body")).to_have_css("background-color", BACKGROUNDS[scheme])


def _remembering(settings: dict[str, str]) -> str:
    """What an earlier visit left, unless this one has changed it."""
    kept = json.dumps(json.dumps({"state": settings, "version": 0}))
    return f"localStorage.settings ??= {kept}"


LOOKS = (
    Look(DESKTOP, "standard"),
    Look(DESKTOP, "colour-blind"),
    Look(MOBILE, "standard"),
    Look(MOBILE, "colour-blind"),
)

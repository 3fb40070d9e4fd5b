"""What went wrong in the pages of a browser, as they say it to a developer only."""

from playwright.sync_api import BrowserContext, ConsoleMessage, WebError


class HeardFaults:
    """Every error that a page throws or writes to its console, from now on."""

    def __init__(self, context: BrowserContext) -> None:
        self.faults: list[str] = []
        context.on("weberror", self._on_error)
        context.on("console", self._on_message)

    def _on_error(self, error: WebError) -> None:
        self.faults.append(str(error.error))

    def _on_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"{message.text} {message.location['url']}")

    def taken(self) -> list[str]:
        """Those that were not taken before."""
        faults, self.faults = self.faults, []
        return faults

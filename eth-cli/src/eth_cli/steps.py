"""What the person at the terminal sees while things take their time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape


class Steps:
    """One line a step, with a spinner on a terminal while it lasts."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        started = time.monotonic()
        try:
            with self._console.status(escape(title)):
                yield
        except BaseException:
            self._console.print(f"[red]✗[/] {escape(title)}")
            raise
        seconds = time.monotonic() - started
        self._console.print(f"[green]✓[/] {escape(title)} [dim]{seconds:.1f} s[/]")

    def note(self, text: str) -> None:
        self._console.print(f"[yellow]•[/] {escape(text)}")

"""Adds up what several test runners report in JUnit's format."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

WIDTH = 80


@dataclass(frozen=True, slots=True)
class Totals:
    tests: int = 0
    failed: int = 0
    errors: int = 0
    skipped: int = 0

    def __add__(self, other: Totals) -> Totals:
        return Totals(
            self.tests + other.tests,
            self.failed + other.failed,
            self.errors + other.errors,
            self.skipped + other.skipped,
        )

    @property
    def passed(self) -> int:
        return self.tests - self.failed - self.errors - self.skipped

    def line(self, seconds: float) -> str:
        """The last line of a pytest run, over all runners."""
        counts = {
            "failed": self.failed,
            "passed": self.passed,
            "skipped": self.skipped,
            "errors": self.errors,
        }
        told = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
        return f" {told or 'no tests ran'} in {seconds:.2f}s ".center(WIDTH, "=")


def read_totals(report: Path) -> Totals:
    """Nothing at all when there is no report."""
    if not report.exists():
        return Totals()
    suites = ET.parse(report).getroot().iter("testsuite")  # noqa: S314  # a report of our own
    return sum((_of_suite(suite) for suite in suites), Totals())


def _of_suite(suite: ET.Element) -> Totals:
    tests, failed, errors, skipped = (
        int(suite.get(name) or 0) for name in ("tests", "failures", "errors", "skipped")
    )
    return Totals(tests, failed, errors, skipped)

"""`./eth test`: every runner of the chosen level, and one line that adds them up."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from eth_cli.browser import browser
from eth_cli.frontend_build import build_frontend, install_packages
from eth_cli.repository import BUILD, FRONTEND, REPOSITORY
from eth_cli.steps import Steps
from eth_cli.totals import Totals, read_totals

Level = Literal["unit", "integration", "e2e", "containers", "all"]
REPORTS = BUILD / "test-results"
NO_TESTS_COLLECTED = 5
SLOW = "integration or faults or e2e"
# asyncio wakes itself through a Unix socket; nothing else opens any.
NO_NETWORK = ("--disable-socket", "--allow-unix-socket")


def side_by_side(processes: int) -> tuple[str, ...]:
    """Files in as many processes: their tests mostly wait, for servers and for the clock."""
    return ("-n", str(processes), "--dist", "loadfile")


@dataclass(frozen=True, slots=True)
class Run:
    """One start of pytest."""

    name: str
    levels: frozenset[Level]
    paths: tuple[str, ...]
    arguments: tuple[str, ...] = ()
    environment: Callable[[], Mapping[str, str]] = field(default=dict)


def _browser_environment() -> Mapping[str, str]:
    return {"CHROME_PATH": str(browser())}


PACKAGES = tuple(
    f"{package}/tests"
    for package in (
        "trading-core",
        "service-kit",
        "market-service",
        "analysis-service",
        "patterns-service",
        "signals-service",
        "ml-service",
        "scheduler",
        "maintenance-service",
        "api-gateway",
        "exchange-simulator",
        "eth-cli",
    )
)
RUNS = (
    Run("unit", frozenset({"unit"}), PACKAGES, ("-m", f"not ({SLOW})", *NO_NETWORK)),
    Run("package-integration", frozenset({"integration"}), PACKAGES, ("-m", SLOW)),
    Run(
        "integration",
        frozenset({"integration"}),
        ("tests/faults", "tests/integration", "tests/contracts"),  # the longest files first
        side_by_side(3),
    ),
    Run(
        "e2e", frozenset({"e2e"}), ("tests/e2e",), side_by_side(2), environment=_browser_environment
    ),
    Run(
        "containers",
        frozenset({"containers"}),
        ("tests/containers",),
        ("--verbose",),
        _browser_environment,
    ),
)


def run_tests(level: Level, pytest_arguments: Sequence[str], steps: Steps) -> int:
    """Run everything also when something fails; the exit code is the first failure's."""
    started = time.monotonic()
    shutil.rmtree(REPORTS, ignore_errors=True)
    REPORTS.mkdir(parents=True)
    codes = [
        *_run_frontend(level, steps),
        *(_run(run, pytest_arguments) for run in chosen(RUNS, level)),
    ]
    totals = sum((read_totals(report) for report in sorted(REPORTS.glob("*.xml"))), Totals())
    sys.stdout.write(totals.line(time.monotonic() - started) + "\n")
    return next((code for code in codes if code), 0)


def install_for_checks(steps: Steps) -> Mapping[str, str]:
    """The dashboard's packages (`./eth` has installed Python's); the environment they run in."""
    with steps.step("Installing the dashboard's packages"):
        return install_packages()


def chosen(runs: Iterable[Run], level: Level) -> list[Run]:
    """Containers are built and run only where they are named: it takes minutes, and their tools."""
    if level == "all":
        return [run for run in runs if "containers" not in run.levels]
    return [run for run in runs if level in run.levels]


def _run_frontend(level: Level, steps: Steps) -> list[int]:
    """Its own tests with the unit tests; its build before what drives the page."""
    codes = []
    if level in ("unit", "all"):
        environment = install_for_checks(steps)
        npm = shutil.which("npm", path=environment["PATH"]) or "npm"
        report = f"--outputFile.junit={REPORTS / 'vitest.xml'}"
        command = [npm, "test", "--", "--reporter=default", "--reporter=junit", report]
        codes.append(_call(command, FRONTEND, environment))
    if level in ("e2e", "all"):
        with steps.step("Building the dashboard"):
            build_frontend()
    return codes


def _run(run: Run, pytest_arguments: Sequence[str]) -> int:
    paths = [path for path in run.paths if (REPOSITORY / path).exists()]
    if not paths:
        return 0
    report = f"--junit-xml={REPORTS / run.name}.xml"
    command = [sys.executable, "-m", "pytest", *run.arguments, report, *pytest_arguments, *paths]
    code = _call(command, REPOSITORY, {**os.environ, **run.environment()})
    return 0 if code == NO_TESTS_COLLECTED else code


def _call(command: Sequence[str], directory: Path, environment: Mapping[str, str]) -> int:
    sys.stdout.flush()
    code = subprocess.run(command, cwd=directory, env=dict(environment), check=False).returncode
    return code if code >= 0 else 128 - code

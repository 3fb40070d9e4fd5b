import io
from typing import Any

from rich.console import Console

from eth_cli.health_command import print_report

REPORT: dict[str, Any] = {
    "madeAtMs": 1_790_000_000_000,
    "eventMs": None,
    "ok": True,
    "complaints": [],
    "services": {"market": "ready", "ml": "unreachable"},
    "feed": {
        "source": "binance",
        "state": "live",
        "eventTimeMs": 1_790_000_000_000,
        "faults": [{"kind": "silence", "count": 2, "agoMs": 5}],
    },
    "series": {"series": 7, "decided": 6, "undecidedBars": 1, "skippedBars": 0, "holes": None},
    "signalsOfTheDay": {"HOLD": 20, "BUY": 3},
    "models": [{"abstainsFor": None, "degraded": True}, {"abstainsFor": "no_model"}],
    "backup": {"ageMs": 5_400_000, "verified": "contents"},
    "disks": [{"folder": "/data", "sizeBytes": 2e9, "freeBytes": 1e9}],
    "database": {"sizeBytes": 5e6, "connections": 12, "connectionsLimit": 100},
    "redis": None,
}


def printed(**changed: Any) -> list[str]:  # noqa: ANN401 - JSON
    console = Console(file=io.StringIO(), width=200, soft_wrap=True, highlight=False, markup=False)
    print_report(REPORT | changed, console)
    assert isinstance(console.file, io.StringIO)
    return [" ".join(line.split()) for line in console.file.getvalue().splitlines()]


def test_a_report_is_a_line_for_each_part() -> None:
    assert printed() == [
        "made 2026-09-21T14:13:20Z (wall)",
        "feed binance, live, market time 2026-09-21T14:13:20Z; went wrong: silence 2×",
        "services 1 of 2 ready",
        "series 6 of 7 decided, 1 bars to decide, 0 skipped, unknown missing",
        "signals of the day 3 BUY, 20 HOLD",
        "models 1 serve, 1 degraded",
        "backup 1.5 h old, verified: contents",
        "disk 1.0 of 2.0 GB free at /data",
        "database 5.0 MB, 12 of 100 connections",
        "redis no answer",
        "✓ All is well.",
    ]


def test_what_is_wrong_comes_last() -> None:
    wrong = printed(ok=False, complaints=["ml is unreachable"], feed=None, services=None)
    assert wrong[-1] == "✗ ml is unreachable"


def test_what_nobody_told_is_left_out() -> None:
    told = printed(feed=None, services=None, series=None, models=None, backup=None)
    assert [line.split()[0] for line in told[:4]] == ["made", "signals", "backup", "disk"]
    assert "backup none" in told

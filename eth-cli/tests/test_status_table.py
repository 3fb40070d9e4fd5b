import time

from rich.console import Console

from eth_cli.stack_report import Report
from eth_cli.status_table import print_report

PART: Report = {
    "name": "market",
    "state": "ready",
    "pid": 42,
    "port": 8101,
    "memoryMib": 150.4,
    "since": 0,
    "restarts": 2,
    "lastExit": -9,
}
REPORT: Report = {
    "dataFolder": "/data/replay",
    "phase": "running",
    "url": "http://localhost:3000",
    "supervisor": {"name": "supervisor", "state": "running", "pid": 41, "memoryMib": 27.0},
    "clock": {"eventMs": 1_722_807_000_000, "speed": 60.0},
    "feed": {
        "kind": "replay",
        "source": "replay:x",
        "state": "live",
        "ageMs": 250,
        "candles": {
            "ETHUSDT": {
                "1h": {
                    "stored": 500,
                    "first": 1_722_800_000_000,
                    "last": 1_722_803_600_000,
                    "holes": 0,
                    "outages": 28,
                }
            }
        },
    },
    "parts": [PART],
}
UNKNOWN: Report = {
    **REPORT,
    "clock": {"eventMs": None, "speed": 1.0},
    "feed": {"kind": "live", "source": "binance", "state": "unknown", "candles": {}},
    "parts": [{**PART, "state": "crashed", "pid": None, "memoryMib": None}],
}


def printed(report: Report) -> str:
    console = Console(width=100, force_terminal=False)
    with console.capture() as capture:
        print_report(report, console)
    return capture.get()


def test_a_person_reads_parts_feed_and_candles() -> None:
    started_ms = time.time_ns() // 1_000_000 - 65_000
    text = printed({**REPORT, "parts": [{**PART, "since": started_ms}]})
    assert "replay:x (replay), live, last heard 0.2 s ago" in text
    assert "event time 2024-08-04T21:30:00Z at 60×" in text
    assert "150 MiB" in text
    assert "1 min 5 s" in text
    assert "2024-08-04 19:33" in text


def test_what_is_not_known_is_not_invented() -> None:
    text = printed(UNKNOWN)
    assert "binance (live), unknown" in text
    assert "crashed" in text
    assert "event time" not in text

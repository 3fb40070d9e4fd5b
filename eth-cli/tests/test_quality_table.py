from typing import Any

from rich.console import Console

from eth_cli.quality_table import print_feed, print_quality

Json = dict[str, Any]  # Any: JSON

NOTHING: Json = {"count": 0, "p50Ms": None, "p95Ms": None, "p99Ms": None, "maxMs": None}
LIVE: Json = {"count": 71, "p50Ms": 126, "p95Ms": 478, "p99Ms": 6_321, "maxMs": 9_321}
HEALED: Json = {"count": 26, "p50Ms": 22_321, "p95Ms": 34_321, "p99Ms": 35_321, "maxMs": 35_321}
SERIES: Json = {
    "timeframe": "1m",
    "whole": True,
    "verdict": "whole, 2 outages known",
    "stored": 10_067,
    "expected": 10_067,
    "completeness": 100.0,
    "holes": 0,
    "newestHoles": [],
    "outages": 2,
    "newestOutages": [{"fromMs": 1_722_803_400_000, "untilMs": 1_722_803_520_000, "bars": 2}],
    "revisions": 0,
    "newestRevisions": [],
    "origins": {"live": 71, "healed": 26, "backfill": 9_970},
    "arrivals": {
        "whole": {"live": LIVE, "healed": HEALED},
        "lastHour": {"live": LIVE, "healed": {**HEALED, "count": 4}},
    },
}
AGES: Json = {
    "p50Ms": 151,
    "p95Ms": 917,
    "p99Ms": 988,
    "maxMs": 12_400,
    "seconds": {"live": 78, "delayed": 0, "stale": 0, "offline": 2, "ended": 0},
    "unsampledSeconds": 36,
}
FEED: Json = {
    "source": "simulated:seed-42",
    "sampledSinceMs": 1_722_807_000_000,
    "lastHour": AGES,
    "whole": AGES,
    "refused": 3,
    "faults": {"bad_range": 3, "half_open": 1},
}
REPORT: Json = {
    "symbol": "ETHUSDT",
    "nowMs": 1_722_807_000_000,
    "speed": 60.0,
    "series": [SERIES],
    "feed": FEED,
}
LACKING: Json = {
    **SERIES,
    "whole": False,
    "verdict": "healing 3 bars",
    "completeness": 99.9999,
    "newestHoles": [{"fromMs": 1_722_803_400_000, "untilMs": 1_722_803_580_000, "bars": 3}],
    "newestRevisions": [
        {
            "timestamp": 1_722_800_000_000,
            "changed": ["close", "volume"],
            "seenAtMs": 1_722_800_400_000,
        }
    ],
}


def lines(report: Json, width: int = 80) -> list[str]:
    console = Console(width=width, force_terminal=False)
    with console.capture() as capture:
        print_quality(report, console)
        print_feed(report["feed"], console)
    return [line.rstrip() for line in capture.get().splitlines()]


def test_a_whole_series_fits_a_line_of_a_terminal() -> None:
    printed = lines(REPORT)
    counted = "1m 10067 10067 100 % 0 2 0 71 26 9970"
    assert counted in [" ".join(line.split()) for line in printed]
    assert "1m: whole, 2 outages known." in printed
    assert "    2 that the exchange has not, 2024-08-04T20:30:00Z" in printed


def test_delays_are_told_live_and_healed() -> None:
    delays = "1m 126 ms 478 ms 6.3 s 9.3 s 26 4 22.3 s 34.3 s 35.3 s"
    assert delays in [" ".join(line.split()) for line in lines(REPORT)]


def test_what_is_missing_and_what_was_revised_is_named() -> None:
    printed = lines({**REPORT, "series": [LACKING]})
    assert "1m: healing 3 bars." in printed
    assert "    3 missing from 2024-08-04T20:30:00Z" in printed
    assert "    2024-08-04T19:33:20Z revised at 2024-08-04T19:40:00Z: close, volume" in printed
    assert any("99.9999 %" in line for line in printed)


def test_the_feed_is_told_with_the_seconds_in_which_nobody_looked() -> None:
    printed = lines(REPORT)
    told = "age p50 151 ms, p95 917 ms, p99 988 ms, at most 12.4 s; live 78 s, offline 2 s"
    assert f"  last hour: {told}, not looked at 36 s" in lines(REPORT, 200)
    assert "  3 frames and rows refused; faults: 3 bad_range, 1 half_open" in printed


def test_what_is_not_known_is_not_invented() -> None:
    unwatched = {**SERIES, "whole": False, "verdict": "not watched yet", "completeness": None}
    series = [
        {**unwatched, "arrivals": None},
        {
            **SERIES,
            "arrivals": {
                "whole": {"live": NOTHING, "healed": NOTHING},
                "lastHour": {"live": NOTHING, "healed": NOTHING},
            },
        },
    ]
    printed = lines({**REPORT, "series": series, "feed": None})
    assert "How old the feed was is not known yet." in printed
    assert "1m: not watched yet." in printed
    assert "1m – – – – 0 0 – – –" in [" ".join(line.split()) for line in printed]

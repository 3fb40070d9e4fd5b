"""A stack's report as a person reads it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from eth_cli.feed import utc_text
from eth_cli.stack_report import Report

COLOURS = {"ready": "green", "starting": "yellow", "not ready": "yellow"}


def print_report(report: Report, console: Console) -> None:
    console.print(Group(*_sections(report)))


def _sections(report: Report) -> Iterator[RenderableType]:
    yield Text(f"{report['url']}  ·  {report['phase']}  ·  {report['dataFolder']}", style="bold")
    yield Text(_feed_line(report))
    yield _parts_table(report)
    if report["feed"]["candles"]:
        yield _candles_table(report["feed"]["candles"])


def _feed_line(report: Report) -> str:
    feed, clock = report["feed"], report["clock"]
    words = [f"Feed: {feed['source']} ({feed['kind']}), {feed['state']}"]
    if feed.get("ageMs") is not None:
        words.append(f"last heard {feed['ageMs'] / 1000:.1f} s ago")
    if clock["eventMs"] is not None:
        words.append(f"event time {utc_text(clock['eventMs'])} at {clock['speed']:g}×")
    return ", ".join(words)


def _parts_table(report: Report) -> Table:
    table = Table("part", "state", "pid", "port", "memory", "for", "restarts", box=None)
    for part in (*report["parts"], report["supervisor"]):
        state = part["state"]
        table.add_row(
            part["name"],
            Text(state, style=COLOURS.get(state, "" if state == "running" else "red")),
            _shown(part["pid"]),
            _shown(part.get("port")),
            f"{part['memoryMib']:.0f} MiB" if part["memoryMib"] is not None else "",
            _duration(part["since"]) if "since" in part else "",
            _shown(part.get("restarts") or None),
        )
    return table


def _candles_table(candles: dict[str, dict[str, Any]]) -> Table:  # Any: JSON
    table = Table(
        "candles", "timeframe", "stored", "from (UTC)", "to (UTC)", "holes", "outages", box=None
    )
    for symbol, timeframes in candles.items():
        for timeframe, told in timeframes.items():
            table.add_row(
                symbol,
                timeframe,
                _shown(told.get("stored")),
                _moment(told.get("first")),
                _moment(told.get("last")),
                _shown(told.get("holes")),
                _shown(told.get("outages")),
            )
    return table


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _moment(event_ms: int | None) -> str:
    return "" if event_ms is None else utc_text(event_ms)[:16].replace("T", " ")


def _duration(since_ms: int) -> str:
    seconds = max(0, time.time_ns() // 1_000_000 - since_ms) // 1000
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {seconds} s"

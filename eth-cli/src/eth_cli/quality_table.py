"""How whole the candles of a market are, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from eth_cli.feed import utc_text

Json = dict[str, Any]  # Any: JSON

UNKNOWN = "–"
SECOND_MS = 1_000


def print_quality(report: Json, console: Console) -> None:
    """Of a market's series; all markets have one feed."""
    console.print(Group(*_sections(report)))


def print_feed(feed: Json | None, console: Console) -> None:
    for line in _feed_lines(feed):
        console.print(line)


def _sections(report: Json) -> Iterator[RenderableType]:
    heading = f"{report['symbol']}  ·  {utc_text(report['nowMs'])} at {report['speed']:g}×"
    yield Text(heading, style="bold")
    yield _stored_table(report["series"])
    yield _arrivals_table(report["series"])
    for series in report["series"]:
        yield from _verdict(series)


def _stored_table(found: list[Json]) -> Table:
    names = ("stored", "expected", "complete", "holes", "outages", "revised")
    table = _figures_table("candles", *names, "live", "healed", "backfill")
    for series in found:
        origins = series["origins"]
        table.add_row(
            series["timeframe"],
            str(series["stored"]),
            str(series["expected"]),
            _percent(series["completeness"]),
            str(series["holes"]),
            str(series["outages"]),
            str(series["revisions"]),
            *(str(origins[origin]) for origin in ("live", "healed", "backfill")),
        )
    return table


def _arrivals_table(found: list[Json]) -> Table:
    """Wall time from a bar's close until it was stored."""
    ranks = ("p50", "p95", "p99", "max")
    live = (f"live {rank}" for rank in ranks)
    table = _figures_table("delay", *live, "healed", "last hour", "p50", "p95", "max")
    for series in found:
        table.add_row(series["timeframe"], *_arrivals(series["arrivals"]))
    return table


def _arrivals(arrivals: Json | None) -> Iterator[str]:
    if arrivals is None:
        return
    live, healed = arrivals["whole"]["live"], arrivals["whole"]["healed"]
    for rank in ("p50Ms", "p95Ms", "p99Ms", "maxMs"):
        yield _delay(live[rank])
    yield str(healed["count"])
    yield str(arrivals["lastHour"]["healed"]["count"])
    for rank in ("p50Ms", "p95Ms", "maxMs"):
        yield _delay(healed[rank])


def _verdict(series: Json) -> Iterator[Text]:
    style = "green" if series["whole"] else "red"
    yield Text(f"{series['timeframe']}: {series['verdict']}.", style=style)
    for hole in series["newestHoles"]:
        yield Text(f"    {hole['bars']} missing from {utc_text(hole['fromMs'])}")
    for outage in series["newestOutages"]:
        yield Text(f"    {outage['bars']} that the exchange has not, {utc_text(outage['fromMs'])}")
    for revision in series["newestRevisions"]:
        opened, seen = utc_text(revision["timestamp"]), utc_text(revision["seenAtMs"])
        yield Text(f"    {opened} revised at {seen}: {', '.join(revision['changed'])}")


def _feed_lines(feed: Json | None) -> Iterator[str]:
    if feed is None:
        yield "How old the feed was is not known yet."
        return
    yield f"Feed {feed['source']}, looked at every second since {utc_text(feed['sampledSinceMs'])}:"
    for label, span in (("last hour", feed["lastHour"]), ("since then", feed["whole"])):
        yield f"  {label}: {_ages(span)}; {_states(span)}"
    faults = ", ".join(f"{count} {kind}" for kind, count in feed["faults"].items())
    yield f"  {feed['refused']} frames and rows refused; faults: {faults or 'none'}"


def _ages(span: Json) -> str:
    ranks = {"p50": "p50Ms", "p95": "p95Ms", "p99": "p99Ms", "at most": "maxMs"}
    return "age " + ", ".join(f"{name} {_delay(span[rank])}" for name, rank in ranks.items())


def _states(span: Json) -> str:
    lasted = {**span["seconds"], "not looked at": span["unsampledSeconds"]}
    return ", ".join(f"{state} {seconds} s" for state, seconds in lasted.items() if seconds)


def _figures_table(first: str, *figures: str) -> Table:
    table = Table(first, box=None, padding=(0, 1, 0, 0))
    for name in figures:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _percent(share: float | None) -> str:
    return UNKNOWN if share is None else f"{share:g} %"


def _delay(wall_ms: int | None) -> str:
    if wall_ms is None:
        return UNKNOWN
    return f"{wall_ms} ms" if wall_ms < SECOND_MS else f"{wall_ms / SECOND_MS:.1f} s"

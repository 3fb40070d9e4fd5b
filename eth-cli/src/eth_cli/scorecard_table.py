"""The scorecard as a person reads it: what the signals made, beside doing without them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.table import Table

from eth_cli.feed import utc_text

Json = dict[str, Any]  # Any: JSON

GROUPS = {"historical": "rebuilt", "live": "live"}


def print_scorecard(card: Json, console: Console) -> None:
    feed = card["feed"]
    console.print(f"Signals on {feed['source']} ({feed['kind']}), net of fees:")
    console.print(_scores(card))
    for series in card["series"]:
        for group in GROUPS:
            for sentence in _baselines(series, group):
                console.print(sentence)
    console.print("Rebuilt signals were decided over stored history: what they made is no promise.")


def print_rebuilt(ends: list[Json], console: Console) -> None:
    """What each series' rebuild decided, and what it could not."""
    for end in ends:
        series = f"{end['symbol']} {end['timeframe']}"
        decided = ", ".join(f"{count} {kind}" for kind, count in sorted(end["decided"].items()))
        console.print(f"{series}: {decided or 'nothing new'} in {end['seconds']} s")
        if end["undecidable"]:
            console.print(f"  {end['undecidable']} bars lack candles in their window:")
        for hole in end["holes"]:
            console.print(f"    {hole['bars']} from {utc_text(hole['fromMs'])}")
        if end["furtherHoles"]:
            console.print(f"    and {end['furtherHoles']} further holes")


def _scores(card: Json) -> Table:
    table = Table(
        "", "side", "outcomes", "hit rate", "95 % interval", "mean net R", "a signal", box=None
    )
    for group, label in GROUPS.items():
        for key, side in (("total", "both"), ("buy", "BUY"), ("sell", "SELL")):
            score = card[group][key]
            table.add_row(label, side, str(score["n"]), *_figures(score))
    return table


def _figures(score: Json) -> Iterator[str]:
    if score["verdict"]:
        yield score["verdict"]
        return
    yield f"{score['hitRate']:.1%}"
    yield f"{score['hitRateLow']:.1%} to {score['hitRateHigh']:.1%}"
    yield f"{score['meanNetR']:+.3f} ± {score['netRStandardError']:.3f}"
    yield f"{score['meanProfitLossPercent']:+.3f} %"


def _baselines(series: Json, group: str) -> Iterator[str]:
    found = series[group]["baselines"]
    if found is None:
        return
    label = f"{series['symbol']} {series['timeframe']} {GROUPS[group]}"
    if found["buyAndHoldPercent"] is not None:
        yield f"{label}: buy and hold {found['buyAndHoldPercent']:+.1f} %, always HOLD 0"
    random = found["randomEntries"]
    if random is not None:
        spread = random["meanNetR"]
        yield (
            f"{label}: as many random entries {spread['mean']:+.3f} R"
            f" ({spread['percentile5']:+.3f} to {spread['percentile95']:+.3f}),"
            f" below ours in {random['shareBelow']:.0%} of {random['draws']} draws"
        )

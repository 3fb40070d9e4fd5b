"""A feed: a market, where it starts and ends, and what it is called."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from exchange_simulator.daily_path import GENESIS_MS
from exchange_simulator.errors import CombinationError, FeedError, StartError
from exchange_simulator.market import Market
from exchange_simulator.recorded_market import (
    RecordedMarket,
    default_start,
    finest_stretches,
    playable_until,
)
from exchange_simulator.recording import LATEST_MS, Recording, file_sha256, read_recordings
from exchange_simulator.seeded_market import SeededMarket
from exchange_simulator.utc_text import utc_text
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

LARGEST_SEED: Final = 2**53
"""What a JSON number holds exactly."""


@dataclass(frozen=True, slots=True)
class Feed:
    """`identity` is what makes two feeds the same: kind, symbols, and file hashes or the seed."""

    kind: str
    source: str
    market: Market
    start_ms: int
    end_ms: int | None
    identity: Mapping[str, object]

    def description(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "source": self.source,
            "symbols": [symbol.slashed for symbol in self.market.symbols],
            "startMs": self.start_ms,
            "endMs": self.end_ms,
            "identity": self.identity,
        }


def open_replay(
    paths: Sequence[Path],
    symbols: Sequence[Symbol] | None,
    start_ms: int | None,
    read: Callable[[Sequence[Path]], Sequence[Recording]] = read_recordings,
) -> Feed:
    """All symbols that are recorded, and the middle of the finest recording, unless told.

    Raises: FeedError: a file, a combination or a start that cannot be played.
    """
    if not paths:
        raise CombinationError("a replay needs at least one recording")
    recordings = read(paths)
    wanted = tuple(dict.fromkeys(symbols or (recording.symbol for recording in recordings)))
    market = RecordedMarket.of(recordings, wanted)
    start = default_start(market) if start_ms is None else start_ms
    end = playable_until(market, start)
    return Feed(
        kind="replay",
        source=f"replay:{_played_name(recordings, market, start)}",
        market=market,
        start_ms=start,
        end_ms=end,
        identity={
            "kind": "replay",
            "recordings": [{"name": path.name, "sha256": file_sha256(path)} for path in paths],
            "symbols": [symbol.slashed for symbol in wanted],
        },
    )


def open_simulated(seed: int, symbols: Sequence[Symbol], start_ms: int) -> Feed:
    """Raises: FeedError: a seed out of range, or a start outside the simulated time."""
    if not 0 <= seed <= LARGEST_SEED:
        raise FeedError(f"the seed {seed} is not between 0 and {LARGEST_SEED}")
    if not GENESIS_MS < start_ms < LATEST_MS:
        raise StartError(
            f"the start {utc_text(start_ms)} lies outside the simulated market's time "
            f"({utc_text(GENESIS_MS)} to {utc_text(LATEST_MS)})"
        )
    listed = tuple(dict.fromkeys(symbols))
    return Feed(
        kind="simulated",
        source=f"simulated:seed-{seed}",
        market=SeededMarket(seed, listed),
        start_ms=Timeframe.M1.bar_open(start_ms),
        end_ms=None,
        identity={
            "kind": "simulated",
            "seed": seed,
            "symbols": [symbol.slashed for symbol in listed],
        },
    )


def _played_name(recordings: Sequence[Recording], market: RecordedMarket, start_ms: int) -> str:
    """The recording that the price moves in at the start; of several symbols, the first one's."""
    finest = finest_stretches(market)[0].timeframe
    playing = (
        recording.name.rpartition(".")[0]
        for symbol in market.symbols
        for recording in recordings
        if recording.symbol == symbol
        and recording.timeframe is finest
        and recording.start_ms <= start_ms <= recording.end_ms
    )
    return next(playing)

from datetime import UTC, datetime

from candle_history import random_walk, without_bars
from service_kit.candle_windows import CandleWindow
from service_kit.series import Series
from signals_service.decide_bar import Moment, decide_bar
from signals_service.gathered_inputs import Feed, GatheredInputs
from signals_service.rebuild.chunks import CHUNK_BARS
from signals_service.rebuild.decide_chunk import NO_MODEL, chunk_signals, decide_chunk
from signals_service.signal_row import SignalRow
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.decision.inputs import BarInputs
from trading_core.indicators.snapshot import indicator_snapshot
from trading_core.patterns.scan import sightings_until
from trading_core.signal_state import SignalOrigin
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import WINDOW_BARS, Timeframe
from trading_core.volume import AVERAGE_BARS, analyse_volume

HOURS = Series(Symbol("ETH", "USDT"), Timeframe.H1)
FIRST_MS = 200 * WINDOW_BARS * HOURS.bar_ms
CHUNK = TimeRange(
    FIRST_MS + WINDOW_BARS * HOURS.bar_ms,
    FIRST_MS + (WINDOW_BARS + CHUNK_BARS) * HOURS.bar_ms,
)
OUTAGE = TimeRange(CHUNK.start_ms + 90 * HOURS.bar_ms, CHUNK.start_ms + 97 * HOURS.bar_ms)
FEED = Feed("replay", "test")
NOW = datetime(2024, 8, 5, tzinfo=UTC)


def window() -> CandleWindow:
    candles = random_walk(HOURS, FIRST_MS, WINDOW_BARS + CHUNK_BARS, seed=5)
    gone = slice(WINDOW_BARS + 90, WINDOW_BARS + 97)
    return CandleWindow(without_bars(candles, gone), FIRST_MS, CHUNK.end_ms, (OUTAGE,))


def by_itself(whole: CandleWindow, opened_ms: int) -> SignalRow:
    """The bar as the live service decides it, from its own window alone."""
    candles = whole.candles.between(0, opened_ms + HOURS.bar_ms)
    outages = whole.outages if opened_ms >= OUTAGE.end_ms else ()
    seen = CandleWindow(candles, whole.first_available_ms, whole.as_of_ms, outages)
    memory_ms = DEFAULT_ENGINE.pattern_memory_bars * HOURS.bar_ms
    sightings = sightings_until(candles, DEFAULT_ENGINE.pattern_memory_bars, FIRST_MS)
    bar = BarInputs(
        opened_at_ms=opened_ms,
        close=float(candles.close[-1]),
        indicators=indicator_snapshot(candles, FIRST_MS),
        patterns=tuple(one for one in sightings if one.opened_at_ms > opened_ms - memory_ms),
        volume=analyse_volume(candles.volume[-AVERAGE_BARS:].tolist()),
        prediction=NO_MODEL,
    )
    moment = Moment(
        decided_at_ms=opened_ms + HOURS.bar_ms, created_at=NOW, origin=SignalOrigin.HISTORICAL
    )
    return decide_bar(DEFAULT_ENGINE, HOURS, GatheredInputs(bar, seen, {}), {}, moment, FEED)


def test_a_row_of_a_chunk_is_the_one_that_its_bar_alone_gives() -> None:
    whole = window()
    wanted = whole.candles.between(CHUNK.start_ms, CHUNK.end_ms).open_time_ms.tolist()
    decisions = decide_chunk(DEFAULT_ENGINE, HOURS, whole, CHUNK.start_ms)
    rows = chunk_signals(HOURS, whole, decisions, frozenset(wanted), {}, FEED, NOW)
    assert [row.timestamp for row in rows] == wanted
    assert len({row.signal_type for row in rows}) == 3
    assert rows[::4] == [by_itself(whole, opened_ms) for opened_ms in wanted[::4]]


def test_only_wanted_bars_have_rows() -> None:
    whole = window()
    decisions = decide_chunk(DEFAULT_ENGINE, HOURS, whole, CHUNK.start_ms)
    chosen = {CHUNK.start_ms + 3 * HOURS.bar_ms, CHUNK.start_ms + 5 * HOURS.bar_ms}
    rows = chunk_signals(HOURS, whole, decisions, chosen, {}, FEED, NOW)
    assert {row.timestamp for row in rows} == chosen

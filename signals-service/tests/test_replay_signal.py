from dataclasses import replace

import orjson

from decided_bar import decided, gathered, leaning_up, window
from signals_service.gathered_inputs import Source
from signals_service.replay_signal import replayed
from signals_service.signal_row import SignalRow
from trading_core.decision.engine import DEFAULT_ENGINE


def stored(row: SignalRow) -> SignalRow:
    """As it comes back from the table."""
    inputs, reasoning = orjson.loads(orjson.dumps([row.inputs, row.reasoning]))
    return replace(row, inputs=inputs, reasoning=reasoning)


def test_a_signal_equals_its_replay() -> None:
    for seed in range(5):
        seen = window(seed=seed)
        replay = replayed(stored(decided(gathered(seen))), seen.candles, DEFAULT_ENGINE, {})
        assert replay.differences == ()


def test_what_was_absent_stays_absent() -> None:
    seen = window()
    away = dict.fromkeys((Source.PATTERNS, Source.VOLUME, Source.PREDICTION), "away")
    replay = replayed(stored(decided(gathered(seen, away))), seen.candles, DEFAULT_ENGINE, {})
    assert replay.equal
    assert replay.recomputed["bar"]["volume"] is None


def test_a_signal_from_before_models_could_degrade_equals_its_replay() -> None:
    seen = window()
    row = stored(decided(gathered(seen)))
    del row.inputs["bar"]["prediction"]["degraded"]
    assert replayed(row, seen.candles, DEFAULT_ENGINE, {}).differences == ()


def test_other_candles_and_invented_indicators_are_named() -> None:
    seen = window()
    row = stored(decided(leaning_up(gathered(seen))))
    replay = replayed(row, seen.candles[1:], DEFAULT_ENGINE, {})
    fields = {one.field for one in replay.differences}
    assert {"candles.hash", "candles.count", "bar.indicators.rsi", "decision.score"} <= fields


def test_candles_that_are_gone_are_a_difference_and_no_failure() -> None:
    seen = window()
    replay = replayed(stored(decided(gathered(seen))), seen.candles[:0], DEFAULT_ENGINE, {})
    assert {one.field for one in replay.differences} == {"candles.count", "candles.hash"}

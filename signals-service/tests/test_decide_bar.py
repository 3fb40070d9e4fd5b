from decimal import Decimal

import orjson

from decided_bar import HOURS, NOW, decided, gathered, leaning_up, window
from signals_service.gathered_inputs import Source
from signals_service.signal_row import signal_id
from trading_core.decision.confidence import ChancePoint, ConfidenceMap
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.decision.inputs import BarInputs
from trading_core.decision.sides import Side, SignalType
from trading_core.signal_state import SignalOrigin, SignalStatus

BUY_CHANCES = ConfidenceMap(
    side=Side.BUY,
    timeframe=HOURS.timeframe,
    engine_version=DEFAULT_ENGINE.version,
    fitted_until_ms=0,
    outcomes=40,
    historical_outcomes=0,
    points=(ChancePoint(0.1, 0.55),),
)


def test_a_live_decision_is_active_and_any_other_is_over_from_the_start() -> None:
    inputs = gathered(window())
    live, late = decided(inputs), decided(inputs, origin=SignalOrigin.LATE)
    assert (live.status, live.closed_at_ms) == (SignalStatus.ACTIVE, None)
    assert (late.status, late.closed_at_ms) == (SignalStatus.EXPIRED, late.decided_at_ms)


def test_a_hold_has_the_bars_close_and_no_levels() -> None:
    inputs = gathered(window())
    row = decided(inputs)
    assert (row.signal_type, row.levels, row.side) == (SignalType.HOLD, None, None)
    assert float(row.entry_price) == inputs.bar.close


def test_a_buy_has_levels_to_eight_places_and_what_they_pay() -> None:
    row = decided(leaning_up(gathered(window())))
    assert row.signal_type is SignalType.BUY
    assert row.levels is not None
    prices = (row.levels.stop_loss, row.entry_price, row.levels.take_profit_1)
    assert prices == tuple(sorted(prices))
    assert row.levels.stop_loss == row.entry_price - 30
    assert row.entry_price == row.entry_price.quantize(Decimal("1e-8"))
    assert set(row.reasoning["risk"]) == {"riskRewardWorst", "riskRewardNet", "zoneNarrowed"}


def test_confidence_is_the_maps_chance_for_its_own_side_only() -> None:
    rising, quiet = leaning_up(gathered(window())), gathered(window())
    calibrated = decided(rising, {Side.BUY: BUY_CHANCES})
    assert (calibrated.confidence, calibrated.calibrated) == (100 * 0.55, True)
    assert calibrated.confidence_map_id == BUY_CHANCES.id
    assert not decided(rising).calibrated
    assert decided(quiet, {Side.BUY: BUY_CHANCES}).confidence_map_id is None


def test_the_model_is_named_when_it_was_there() -> None:
    assert decided(gathered(window())).model_id == "model-1"
    absent = gathered(window(), {Source.PREDICTION: "no answer within 2 s"})
    assert decided(absent).model_id is None


def test_the_stored_inputs_say_which_candles_and_which_sources() -> None:
    seen = window()
    row = decided(gathered(seen, {Source.VOLUME: "market cannot be reached"}))
    candles = row.inputs["candles"]
    assert candles["hash"] == seen.candles.content_hash()
    assert (candles["fromMs"], candles["untilMs"]) == (
        seen.candles.first_open_ms,
        seen.candles.closed_until_ms,
    )
    assert row.inputs["sources"] == {
        "indicators": "present",
        "patterns": "present",
        "volume": "absent: market cannot be reached",
        "prediction": "present",
    }
    assert row.inputs["feed"] == {"kind": "replay", "source": "test"}


def test_the_stored_bar_comes_back_from_json_bit_for_bit() -> None:
    inputs = gathered(window(), {Source.PATTERNS: "no answer within 2 s"})
    text = orjson.dumps(decided(inputs).inputs)
    assert BarInputs.from_json(orjson.loads(text)["bar"]) == inputs.bar


def test_an_id_is_made_of_the_natural_key() -> None:
    row = decided(gathered(window()))
    assert row.id == signal_id(HOURS.symbol, HOURS.timeframe, row.timestamp, DEFAULT_ENGINE.version)
    assert row.id.version == 5
    assert row.created_at == NOW

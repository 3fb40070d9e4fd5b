"""The baseline of whoever buys once and waits."""

from trading_core.candles import Candles


def buy_and_hold_percent(
    candles: Candles, since_ms: int, until_ms: int, fee_rate: float
) -> float | None:
    """Gain in percent of the price paid, net of the fees of buying and selling.

    Bought at the last close up to `since_ms`, sold at the last one up to `until_ms`; None where
    the candles do not reach back to the first.
    """
    before, all_bars = candles.closed_by(since_ms), candles.closed_by(until_ms)
    if len(before) == 0 or until_ms <= since_ms:
        return None
    bought, sold = float(before.close[-1]), float(all_bars.close[-1])
    return 100 * (sold - bought - fee_rate * (bought + sold)) / bought

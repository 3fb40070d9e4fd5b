"""What the indicators say of one bar, in the words of the public API's `analysis`."""

from dataclasses import dataclass
from typing import Final

from trading_core.indicators.values import IndicatorSnapshot
from trading_core.patterns.pattern_type import Direction

RSI_OVERSOLD: Final = 30.0
RSI_OVERBOUGHT: Final = 70.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RsiReading:
    """Bullish below 30 (oversold), bearish above 70 (overbought)."""

    value: float | None
    signal: Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class MacdReading:
    """Bullish while MACD is above its signal line (histogram > 0), bearish while below."""

    value: float | None
    signal_line: float | None
    histogram: float | None
    signal: Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class EmaReading:
    """Bullish with EMA 9 > EMA 21 > EMA 50, bearish with the opposite order."""

    ema_9: float | None
    ema_21: float | None
    ema_50: float | None
    ema_200: float | None
    signal: Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class BollingerReading:
    """Bullish with the close below the lower band, bearish above the upper one."""

    upper: float | None
    middle: float | None
    lower: float | None
    position: float | None
    """(close − lower) / (upper − lower), "%B"; None too where the bands coincide."""
    signal: Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorReading:
    """Four readings and their vote; a reading is neutral where its values are not warm."""

    signal: Direction
    """The side with more votes; neutral where they are equal."""
    strength: int
    """0, 25, 50, 75 or 100: the majority's lead in percent of the four votes."""
    rsi: RsiReading
    macd: MacdReading
    ema: EmaReading
    bollinger: BollingerReading


def read_indicators(snapshot: IndicatorSnapshot, close: float) -> IndicatorReading:
    """The rules are those of the four readings' docstrings; `close` is the same bar's."""
    rsi, macd = _read_rsi(snapshot), _read_macd(snapshot)
    ema, bollinger = _read_ema(snapshot), _read_bollinger(snapshot, close)
    votes = [one.signal.sign for one in (rsi, macd, ema, bollinger)]
    lead = sum(votes)
    return IndicatorReading(
        signal=_direction(bullish=lead > 0, bearish=lead < 0),
        strength=100 * abs(lead) // len(votes),
        rsi=rsi,
        macd=macd,
        ema=ema,
        bollinger=bollinger,
    )


def _read_rsi(snapshot: IndicatorSnapshot) -> RsiReading:
    value, signal = snapshot.rsi, Direction.NEUTRAL
    if value is not None:
        signal = _direction(bullish=value < RSI_OVERSOLD, bearish=value > RSI_OVERBOUGHT)
    return RsiReading(value=value, signal=signal)


def _read_macd(snapshot: IndicatorSnapshot) -> MacdReading:
    histogram, signal = snapshot.macd_histogram, Direction.NEUTRAL
    if histogram is not None:
        signal = _direction(bullish=histogram > 0, bearish=histogram < 0)
    return MacdReading(
        value=snapshot.macd, signal_line=snapshot.macd_signal, histogram=histogram, signal=signal
    )


def _read_ema(snapshot: IndicatorSnapshot) -> EmaReading:
    fast, middle, slow = snapshot.ema_9, snapshot.ema_21, snapshot.ema_50
    signal = Direction.NEUTRAL
    if fast is not None and middle is not None and slow is not None:
        signal = _direction(bullish=fast > middle > slow, bearish=fast < middle < slow)
    return EmaReading(
        ema_9=fast, ema_21=middle, ema_50=slow, ema_200=snapshot.ema_200, signal=signal
    )


def _read_bollinger(snapshot: IndicatorSnapshot, close: float) -> BollingerReading:
    upper, lower = snapshot.bollinger_upper, snapshot.bollinger_lower
    position, signal = None, Direction.NEUTRAL
    if upper is not None and lower is not None:
        signal = _direction(bullish=close < lower, bearish=close > upper)
        position = (close - lower) / (upper - lower) if upper > lower else None
    return BollingerReading(
        upper=upper,
        middle=snapshot.bollinger_middle,
        lower=lower,
        position=position,
        signal=signal,
    )


def _direction(*, bullish: bool, bearish: bool) -> Direction:
    if bullish:
        return Direction.BULLISH
    return Direction.BEARISH if bearish else Direction.NEUTRAL

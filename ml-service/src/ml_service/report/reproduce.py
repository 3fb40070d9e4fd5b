"""How anybody can make the same model again."""

from datetime import UTC, datetime

from ml_service.registry.model_card import ModelCard
from trading_core.labels import LOOK_AHEAD_BARS, THRESHOLD
from trading_core.symbol import Symbol


def reproduce(card: ModelCard) -> str:
    """The command; on candles of the same hash, with the same packages, it makes the same bytes."""
    untouched = datetime.fromtimestamp(card.untouched.from_ms / 1000, UTC)
    options = {
        "symbol": Symbol.parse(card.symbol).slashed,
        "timeframe": card.timeframe.value,
        "untouched-since": untouched.strftime("%Y-%m-%dT%H:%MZ"),
        "lookback": card.lookback_rows,
        "look-ahead": card.look_ahead_bars if card.look_ahead_bars != LOOK_AHEAD_BARS else None,
        "threshold": card.threshold if card.threshold != THRESHOLD else None,
    }
    given = (f"--{name} {value}" for name, value in options.items() if value is not None)
    return " ".join(("./eth train", *given))

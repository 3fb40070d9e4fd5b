"""How anybody can make the same model again."""

from ml_service.registry.model_card import ModelCard
from trading_core.symbol import Symbol


def reproduce(card: ModelCard) -> str:
    """The command; on candles of the same hash, with the same packages, it makes the same bytes."""
    symbol = Symbol.parse(card.symbol).slashed
    return (
        f"./eth train --symbol {symbol} --timeframe {card.timeframe}"
        f" --untouched-since {card.untouched.from_ms}"
    )

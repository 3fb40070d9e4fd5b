"""Pieces of the sentences that several families say."""


def not_warm(label: str) -> str:
    return f"{label} is not warm yet"


def without_scale(atr: float | None) -> str | None:
    """Why a distance cannot be measured in ATR, or None where it can."""
    if atr is None:
        return not_warm("ATR")
    return None if atr > 0 else "ATR is 0: the price has not moved"


def side_of(number: float, level: float, at: str = "at") -> str:
    return "above" if number > level else "below" if number < level else at

"""A spot market in both spellings: ETH/USDT for people, ETHUSDT for tables and the exchange."""

import re
from dataclasses import dataclass
from typing import Final, Self

from trading_core.errors import InvalidSymbolError

QUOTES: Final = ("USDT", "USDC", "FDUSD", "TUSD", "BUSD", "BTC", "ETH", "BNB", "EUR", "TRY", "USD")
"""Quote assets by which a compact spelling is split, in order of preference."""

_ASSET: Final = re.compile(r"[A-Z0-9]{1,20}")


@dataclass(frozen=True, slots=True)
class Symbol:
    base: str
    quote: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `ETH/USDT` or `ETHUSDT`.

        Raises InvalidSymbolError for neither, or a compact one whose quote asset is unknown.
        """
        base, slash, quote = text.partition("/")
        if not slash:
            quote = next((q for q in QUOTES if text.endswith(q) and text != q), "")
            base = text.removesuffix(quote)
        if not (_ASSET.fullmatch(base) and _ASSET.fullmatch(quote)):
            raise InvalidSymbolError(text)
        return cls(base, quote)

    @property
    def compact(self) -> str:
        """`ETHUSDT`: tables, the exchange, keys."""
        return self.base + self.quote

    @property
    def slashed(self) -> str:
        """`ETH/USDT`: people, rooms, CCXT."""
        return f"{self.base}/{self.quote}"

    def __str__(self) -> str:
        return self.compact

"""What is known of the market now: the latest of everything, and when it was passed on."""

from dataclasses import dataclass
from typing import Final, Self

from api_gateway.feed_watch import FeedWatch
from api_gateway.throttle import Throttle
from service_kit.events import CandleTick, FeedState, FeedStatus, PriceTick
from service_kit.settings import FeedSettings
from trading_core.timeframe import Timeframe

UPDATE_SECONDS: Final = 0.25
"""At most four updates a second of one thing."""
PRICE_REPEAT_SECONDS: Final = 5.0

CandleKey = tuple[str, Timeframe]


@dataclass(frozen=True, slots=True)
class MarketPicture:
    prices: Throttle[str, PriceTick]
    candles: Throttle[CandleKey, CandleTick]
    feed: FeedWatch

    @classmethod
    def blank(cls, settings: FeedSettings, now: float) -> Self:
        """Of a market that was not heard of yet."""
        unheard = FeedState(
            state=FeedStatus.OFFLINE,
            age_ms=None,
            source=settings.feed_source,
            kind=settings.feed_kind,
        )
        # A tick is sent a little early rather than the repetition late: it is looked for in steps.
        prices = Throttle[str, PriceTick](
            UPDATE_SECONDS, PRICE_REPEAT_SECONDS - UPDATE_SECONDS, _same_price
        )
        return cls(prices, Throttle[CandleKey, CandleTick](UPDATE_SECONDS), FeedWatch(unheard, now))


def _same_price(one: PriceTick, other: PriceTick) -> bool:
    return one.price == other.price

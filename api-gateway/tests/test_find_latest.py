from api_gateway.find_latest import FindLatest
from api_gateway.market_picture import MarketPicture
from service_kit.cache import FEED_STATE, LIVE_CANDLE, PRICE, CacheKey
from service_kit.errors import UnavailableError
from service_kit.events import CandleTick, FeedState, FeedStatus, PriceTick
from service_kit.room import Room
from service_kit.settings import FeedSettings
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ETH = Symbol("ETH", "USDT")
ROOM = Room(ETH, Timeframe.H1)
CANDLE = CandleTick(
    symbol="ETHUSDT", timeframe=Timeframe.H1, candle=(0, 1, 2, 1, 2, 5), closed=False
)


def tick(price: float, symbol: str = "ETHUSDT") -> PriceTick:
    return PriceTick(symbol=symbol, price=price, timestamp=1, source="binance")


class FakeCache:
    def __init__(self, **entries: bytes) -> None:
        self.entries = entries

    async def get(self, key: CacheKey, *parts: str) -> bytes | None:
        return self.entries.get(key.of(*parts))


class FakeMarket:
    def __init__(self, answer: PriceTick | None) -> None:
        self.answer = answer
        self.asked = 0

    async def get(
        self, path: str, answer: type[PriceTick], params: dict[str, str | int] | None = None
    ) -> PriceTick:
        assert (path, answer, params) == ("/api/market/price", PriceTick, {"symbol": "ETHUSDT"})
        self.asked += 1
        if self.answer is None:
            raise UnavailableError("away")
        return self.answer


class Finder:
    def __init__(self, cache: FakeCache, market: FakeMarket) -> None:
        self.now = 0.0
        self.picture = MarketPicture.blank(FeedSettings(), 0.0)
        self.find = FindLatest(self.picture, cache, market, lambda: self.now)


async def test_what_was_heard_is_the_latest() -> None:
    market = FakeMarket(tick(3.0))
    finder = Finder(FakeCache(), market)
    finder.picture.prices.offer("ETHUSDT", tick(1.0), 0.0)
    finder.picture.prices.offer("ETHUSDT", tick(2.0), 0.0)
    assert await finder.find.price(ETH) == tick(2.0)
    assert market.asked == 0


async def test_before_anything_was_heard_the_cache_knows() -> None:
    cache = FakeCache(
        **{
            PRICE.of("ETHUSDT"): tick(4.0).to_json(),
            LIVE_CANDLE.of("ETHUSDT", "1h"): CANDLE.to_json(),
        }
    )
    finder = Finder(cache, FakeMarket(None))
    assert await finder.find.price(ETH) == tick(4.0)
    assert await finder.find.candle(ROOM) == CANDLE


async def test_after_a_restart_the_feed_is_what_the_cache_says_until_it_is_heard_of() -> None:
    live = FeedState(state=FeedStatus.LIVE, age_ms=5, source="binance", kind="live")
    finder = Finder(FakeCache(**{FEED_STATE.of("state"): live.to_json()}), FakeMarket(None))
    assert await finder.find.feed() == live
    unknown = Finder(FakeCache(), FakeMarket(None))
    assert (await unknown.find.feed()).state is FeedStatus.OFFLINE


async def test_without_a_cached_price_the_market_is_asked_once_and_the_answer_remembered() -> None:
    market = FakeMarket(tick(5.0, symbol="ETH/USDT"))
    finder = Finder(FakeCache(), market)
    assert await finder.find.price(ETH) == tick(5.0)
    assert await finder.find.price(ETH) == tick(5.0)
    assert market.asked == 1


async def test_a_market_that_is_away_is_not_asked_for_every_subscriber() -> None:
    market = FakeMarket(None)
    finder = Finder(FakeCache(), market)
    assert await finder.find.price(ETH) is None
    assert await finder.find.price(ETH) is None
    assert market.asked == 1
    finder.now = 6.0
    await finder.find.price(ETH)
    assert market.asked == 2


async def test_a_cached_entry_that_cannot_be_read_is_none() -> None:
    finder = Finder(FakeCache(**{LIVE_CANDLE.of("ETHUSDT", "1h"): b"?"}), FakeMarket(None))
    assert await finder.find.candle(ROOM) is None

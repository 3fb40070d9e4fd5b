from uuid import UUID

from service_kit.candle_queries import candle_id
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ETH = Symbol("ETH", "USDT")


def test_a_candle_keeps_its_id_for_ever() -> None:
    assert candle_id(ETH, Timeframe.H1, 1_722_807_000_000) == UUID(
        "89eadaed-1533-5833-b555-0b1558634aeb"
    )


def test_every_part_of_the_key_makes_another_id() -> None:
    ids = {
        candle_id(ETH, Timeframe.H1, 0),
        candle_id(ETH, Timeframe.M1, 0),
        candle_id(ETH, Timeframe.H1, 3_600_000),
        candle_id(Symbol("BTC", "USDT"), Timeframe.H1, 0),
    }
    assert len(ids) == 4
    assert {made.version for made in ids} == {5}

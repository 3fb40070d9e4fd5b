import json

from exchange_simulator.ledger import LedgerQuery, ledger_json
from exchange_simulator.seeded_market import SeededMarket
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ETH = Symbol("ETH", "USDT")
START_MS = 1_764_547_200_000
DAY_MS = 86_400_000


def test_tens_of_thousands_of_rows_come_in_pieces() -> None:
    market = SeededMarket(42, (ETH,))
    query = LedgerQuery(ETH, Timeframe.M1, START_MS, 2**53, 10**7)
    pieces = list(ledger_json(market, query, START_MS + 10 * DAY_MS + 30_000))
    rows = json.loads(b"".join(pieces))
    assert len(pieces) > 2
    assert [row[0] for row in rows] == [START_MS + n * 60_000 for n in range(14_400)]
    assert all(isinstance(text, str) for text in rows[0][1:])


def test_an_empty_ledger_is_an_empty_array() -> None:
    market = SeededMarket(42, (ETH,))
    query = LedgerQuery(ETH, Timeframe.H1, START_MS, 2**53, 10**7)
    assert b"".join(ledger_json(market, query, START_MS + 60_000)) == b"[]"

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_core.errors import InvalidSymbolError
from trading_core.symbol import QUOTES, Symbol


@pytest.mark.parametrize("text", ["ETH/USDT", "ETHUSDT"])
def test_both_spellings_name_the_same_market(text: str) -> None:
    symbol = Symbol.parse(text)
    assert symbol == Symbol("ETH", "USDT")
    assert (symbol.slashed, symbol.compact, str(symbol)) == ("ETH/USDT", "ETHUSDT", "ETHUSDT")


@given(st.from_regex(r"[A-Z0-9]{2,10}", fullmatch=True), st.sampled_from(QUOTES))
def test_the_slashed_spelling_survives_a_round_trip(base: str, quote: str) -> None:
    assert Symbol.parse(Symbol(base, quote).slashed) == Symbol(base, quote)


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("1INCHUSDT", Symbol("1INCH", "USDT")),
        ("ETHBTC", Symbol("ETH", "BTC")),
        ("BTCFDUSD", Symbol("BTC", "FDUSD")),
        ("ETHUSD", Symbol("ETH", "USD")),
        ("BNBUSDT", Symbol("BNB", "USDT")),
        ("BNBBUSD", Symbol("BNB", "BUSD")),
    ],
)
def test_the_compact_spelling_is_split_at_a_known_quote(text: str, symbol: Symbol) -> None:
    assert Symbol.parse(text) == symbol


@pytest.mark.parametrize(
    "text",
    ["", "/", "ETH", "USDT", "ETH/", "/USDT", "eth/usdt", "ETH/USDT/X", "ETH-USDT", "ÉTHUSDT"],
)
def test_a_text_that_names_no_market_is_refused(text: str) -> None:
    with pytest.raises(InvalidSymbolError, match="is not a symbol like ETH/USDT"):
        Symbol.parse(text)


@given(st.text())
def test_any_text_is_either_a_market_or_refused(text: str) -> None:
    try:
        symbol = Symbol.parse(text)
    except InvalidSymbolError:
        return
    assert text in {symbol.compact, symbol.slashed}

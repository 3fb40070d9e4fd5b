"""What the exchange says about itself and its markets."""

from collections.abc import Iterable

from exchange_simulator.fixed_point import UNITS, decimal_text
from exchange_simulator.market import Increments, Market
from exchange_simulator.weight_limit import WEIGHT_PER_MINUTE
from trading_core.symbol import Symbol

JsonObject = dict[str, object]


def exchange_info(market: Market, symbols: Iterable[Symbol], now_ms: int) -> JsonObject:
    return {
        "timezone": "UTC",
        "serverTime": now_ms,
        "rateLimits": [
            _rate_limit("REQUEST_WEIGHT", "MINUTE", 1, WEIGHT_PER_MINUTE),
            _rate_limit("ORDERS", "SECOND", 10, 100),
            _rate_limit("ORDERS", "DAY", 1, 200_000),
            _rate_limit("RAW_REQUESTS", "MINUTE", 5, 61_000),
        ],
        "exchangeFilters": [],
        "symbols": [_symbol_info(symbol, market.increments(symbol)) for symbol in symbols],
    }


def _rate_limit(kind: str, interval: str, intervals: int, limit: int) -> JsonObject:
    return {
        "rateLimitType": kind,
        "interval": interval,
        "intervalNum": intervals,
        "limit": limit,
    }


def _symbol_info(symbol: Symbol, increments: Increments) -> JsonObject:
    return {
        "symbol": symbol.compact,
        "status": "TRADING",
        "baseAsset": symbol.base,
        "baseAssetPrecision": 8,
        "quoteAsset": symbol.quote,
        "quotePrecision": 8,
        "quoteAssetPrecision": 8,
        "baseCommissionPrecision": 8,
        "quoteCommissionPrecision": 8,
        "orderTypes": ["LIMIT", "LIMIT_MAKER", "MARKET", "STOP_LOSS_LIMIT", "TAKE_PROFIT_LIMIT"],
        "icebergAllowed": True,
        "ocoAllowed": True,
        "quoteOrderQtyMarketAllowed": True,
        "isSpotTradingAllowed": True,
        "isMarginTradingAllowed": False,
        "filters": _filters(increments),
        "permissions": [],
        "permissionSets": [["SPOT"]],
        "defaultSelfTradePreventionMode": "EXPIRE_MAKER",
        "allowedSelfTradePreventionModes": ["EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH"],
    }


def _filters(increments: Increments) -> list[JsonObject]:
    tick, lot = decimal_text(increments.price), decimal_text(increments.volume)
    return [
        {
            "filterType": "PRICE_FILTER",
            "minPrice": tick,
            "maxPrice": decimal_text(1_000_000 * UNITS),
            "tickSize": tick,
        },
        {
            "filterType": "LOT_SIZE",
            "minQty": lot,
            "maxQty": decimal_text(9_000 * UNITS),
            "stepSize": lot,
        },
        {
            "filterType": "NOTIONAL",
            "minNotional": decimal_text(5 * UNITS),
            "applyMinToMarket": True,
            "maxNotional": decimal_text(9_000_000 * UNITS),
            "applyMaxToMarket": False,
            "avgPriceMins": 5,
        },
    ]

"""Where a signal enters, where it is stopped and where it takes profit, all from close and ATR.

BUY; a SELL is its mirror image:

    zone        entry ± zone_fraction × entry; ± narrow_zone_atr × ATR where that edge would reach
                the stop
    stop        entry − stop_atr × ATR
    take-profit entry + take_profits_atr × ATR, three of them

Prices are in the quote asset and rounded to 8 decimals, the finest that tables keep; the ratios are
computed from the rounded prices, so that they can be checked against what is shown.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trading_core.decision.sides import Side
from trading_core.errors import InvalidEngineError

FloatArray = NDArray[np.float64]

PRICE_DECIMALS: Final = 8


class LevelRefusal(StrEnum):
    """Why there are no levels; the value is the sentence that a HOLD says."""

    NO_ATR = "ATR is not warm: no risk levels"
    NOT_POSITIVE = "a level would be at or below zero: no risk levels"
    NOT_APART = "ATR is too small: rounded to 8 decimals, the levels would not be apart"
    FEES = "the target does not cover fees"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRules:
    """The numbers behind the levels; `decision/engine.py` holds the defaults.

    Raises InvalidEngineError for numbers that cannot give ordered levels.
    """

    zone_fraction: float
    narrow_zone_atr: float
    stop_atr: float
    take_profits_atr: tuple[float, float, float]
    fee_per_side: float
    """As a fraction of the price paid: 0.001 is 0.1 %."""
    target_must_cover_fees: bool

    def __post_init__(self) -> None:
        first, second, third = self.take_profits_atr
        ordered = 0 < self.narrow_zone_atr < min(self.stop_atr, first) and first < second < third
        if not (ordered and math.isfinite(self.stop_atr) and math.isfinite(third)):
            raise InvalidEngineError(
                "narrow zone < stop and narrow zone < targets 1 < 2 < 3, in ATR, must hold"
            )
        if not (0 < self.zone_fraction < 1 and 0 <= self.fee_per_side < 1):
            raise InvalidEngineError("zone and fee are fractions of the price, 0.005 for 0.5 %")


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskLevels:
    entry: float
    zone_min: float
    zone_max: float
    stop: float
    take_profits: tuple[float, float, float]
    """In the order in which the price reaches them."""
    risk_reward: float
    """Reward at take-profit 1 for one unit of risk, entered at `entry`."""
    risk_reward_worst: float
    """The same, entered at the edge of the zone that is farther from the stop."""
    risk_reward_net: float
    """The same as `risk_reward`, after the fees of entry and exit."""
    zone_narrowed: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RiskLevelSeries:
    """Levels of many signals: arrays of one length, `take_profits` of shape (3, n)."""

    entry: FloatArray
    zone_min: FloatArray
    zone_max: FloatArray
    stop: FloatArray
    take_profits: FloatArray
    risk_reward: FloatArray
    risk_reward_worst: FloatArray
    risk_reward_net: FloatArray
    zone_narrowed: NDArray[np.bool_]
    refusal_code: NDArray[np.uint8]
    """0 where the levels hold, else 1 + the place in `LevelRefusal`; other columns mean nothing."""

    def refusal(self, row: int) -> LevelRefusal | None:
        code = int(self.refusal_code[row])
        return tuple(LevelRefusal)[code - 1] if code else None

    def at(self, row: int) -> RiskLevels | LevelRefusal:
        return self.refusal(row) or RiskLevels(
            entry=float(self.entry[row]),
            zone_min=float(self.zone_min[row]),
            zone_max=float(self.zone_max[row]),
            stop=float(self.stop[row]),
            take_profits=tuple(self.take_profits[:, row].tolist()),
            risk_reward=float(self.risk_reward[row]),
            risk_reward_worst=float(self.risk_reward_worst[row]),
            risk_reward_net=float(self.risk_reward_net[row]),
            zone_narrowed=bool(self.zone_narrowed[row]),
        )


def risk_levels(
    rules: RiskRules, side: Side, entry_price: float, atr: float | None
) -> RiskLevels | LevelRefusal:
    """The levels of one signal, or why there are none."""
    sign = np.array([side.sign], dtype=np.int8)
    # None becomes NaN.
    columns = (np.array([number], dtype=np.float64) for number in (entry_price, atr))
    return risk_level_series(rules, sign, *columns).at(0)


def risk_level_series(
    rules: RiskRules, sign: NDArray[np.int8], entry_price: FloatArray, atr: FloatArray
) -> RiskLevelSeries:
    """Levels for each (sign, entry, ATR); sign +1 is BUY, −1 SELL, ATR may be NaN."""
    wide = rules.zone_fraction * entry_price
    narrowed = wide >= rules.stop_atr * atr
    half = np.where(narrowed, rules.narrow_zone_atr * atr, wide)
    entry = _rounded(entry_price)
    zone_min, zone_max = _rounded(entry_price - half), _rounded(entry_price + half)
    stop = _rounded(entry_price - sign * (rules.stop_atr * atr))
    targets = np.stack([_rounded(entry_price + sign * (k * atr)) for k in rules.take_profits_atr])
    buys = sign > 0
    worst = np.where(buys, zone_max, zone_min)
    path = np.stack([stop, np.where(buys, zone_min, zone_max), entry, worst, *targets])
    net_reward = sign * (targets[0] - entry) - rules.fee_per_side * (entry + targets[0])
    net_risk = sign * (entry - stop) + rules.fee_per_side * (entry + stop)
    return RiskLevelSeries(
        entry=entry,
        zone_min=zone_min,
        zone_max=zone_max,
        stop=stop,
        take_profits=targets,
        risk_reward=_ratio(sign * (targets[0] - entry), sign * (entry - stop)),
        risk_reward_worst=_ratio(sign * (targets[0] - worst), sign * (worst - stop)),
        risk_reward_net=_ratio(net_reward, net_risk),
        zone_narrowed=narrowed,
        refusal_code=_refusal_codes(rules, sign, atr, path, net_reward),
    )


def _refusal_codes(
    rules: RiskRules,
    sign: NDArray[np.int8],
    atr: FloatArray,
    path: FloatArray,
    net_reward: FloatArray,
) -> NDArray[np.uint8]:
    """The first reason that holds; `path` are the prices from the stop to the last target."""
    # The zone's far edge may lie beyond take-profit 1 by settings, so it is left out.
    apart = np.all(sign * np.diff(path[[0, 1, 2, 4, 5, 6]], axis=0) > 0, axis=0)
    reasons = (
        np.isnan(atr),
        np.min(path, axis=0) <= 0,
        ~apart,
        (net_reward <= 0) & rules.target_must_cover_fees,
    )
    codes: NDArray[np.uint8] = np.select(reasons, range(1, len(reasons) + 1), 0).astype(np.uint8)
    return codes


def _rounded(prices: FloatArray) -> FloatArray:
    return np.round(prices, PRICE_DECIMALS)


def _ratio(reward: FloatArray, risk: FloatArray) -> FloatArray:
    return np.divide(reward, risk, out=np.full_like(reward, np.nan), where=risk > 0)

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trading_core.decision.sides import Side
from trading_core.errors import InvalidEngineError
from trading_core.risk_levels import (
    LevelRefusal,
    RiskLevels,
    RiskRules,
    risk_level_series,
    risk_levels,
)

RULES = RiskRules(
    zone_fraction=0.005,
    narrow_zone_atr=0.25,
    stop_atr=1.5,
    take_profits_atr=(2.0, 3.0, 4.0),
    fee_per_side=0.001,
    target_must_cover_fees=True,
)

prices = st.floats(min_value=1e-3, max_value=1e6)
atr_fractions = st.floats(min_value=1e-4, max_value=0.5)


def levels(side: Side, entry: float, atr: float, rules: RiskRules = RULES) -> RiskLevels:
    found = risk_levels(rules, side, entry, atr)
    assert isinstance(found, RiskLevels), found
    return found


def test_a_buy_has_the_specifications_levels() -> None:
    buy = levels(Side.BUY, 2000.0, 20.0)
    assert (buy.zone_min, buy.zone_max) == (1990.0, 2010.0)
    assert (buy.entry, buy.stop) == (2000.0, 1970.0)
    assert buy.take_profits == (2040.0, 2060.0, 2080.0)
    assert buy.risk_reward == pytest.approx(1.33, abs=0.01)
    assert buy.risk_reward_worst == 30 / 40
    assert buy.risk_reward_net == (40 - 4.04) / (30 + 3.97)
    assert not buy.zone_narrowed


def test_a_sell_is_the_mirror_image_of_a_buy() -> None:
    sell = levels(Side.SELL, 2000.0, 20.0)
    assert (sell.zone_min, sell.zone_max) == (1990.0, 2010.0)
    assert sell.stop == 2030.0
    assert sell.take_profits == (1960.0, 1940.0, 1920.0)
    assert sell.risk_reward == 40 / 30
    assert sell.risk_reward_worst == 30 / 40
    assert sell.risk_reward_net == pytest.approx((40 - 3.96) / (30 + 4.03))


def test_a_zone_that_would_swallow_the_stop_narrows_and_says_so() -> None:
    wide, narrow = levels(Side.BUY, 2000.0, 6.67), levels(Side.BUY, 2000.0, 6.66)
    assert not wide.zone_narrowed
    assert wide.zone_min == 1990.0
    assert narrow.zone_narrowed
    assert (narrow.zone_min, narrow.zone_max) == (1998.335, 2001.665)


def test_prices_have_eight_decimals() -> None:
    buy = levels(Side.BUY, 1.0, 0.0123456789)
    assert buy.stop == 0.98148148
    assert buy.take_profits == (1.02469136, 1.03703704, 1.04938272)


@pytest.mark.parametrize(
    ("entry", "atr", "refusal"),
    [
        (2000.0, None, LevelRefusal.NO_ATR),
        (2000.0, 1400.0, LevelRefusal.NOT_POSITIVE),
        (2000.0, 0.0, LevelRefusal.NOT_APART),
        (0.00000010, 0.00000001, LevelRefusal.NOT_APART),
        (2000.0, 1.9, LevelRefusal.FEES),
    ],
)
def test_levels_that_make_no_sense_are_refused_with_a_sentence(
    entry: float, atr: float | None, refusal: LevelRefusal
) -> None:
    assert risk_levels(RULES, Side.BUY, entry, atr) is refusal


def test_a_sell_whose_last_target_would_be_below_zero_is_refused() -> None:
    assert risk_levels(RULES, Side.SELL, 2000.0, 500.0) is LevelRefusal.NOT_POSITIVE


def test_the_target_need_not_cover_fees_where_a_setting_says_so() -> None:
    lenient = replace(RULES, target_must_cover_fees=False)
    assert levels(Side.BUY, 2000.0, 1.9, lenient).risk_reward_net < 0


@given(st.sampled_from(Side), prices, atr_fractions)
def test_levels_are_ordered_from_the_stop_to_the_last_target(
    side: Side, entry: float, fraction: float
) -> None:
    found = risk_levels(RULES, side, entry, entry * fraction)
    if not isinstance(found, RiskLevels):
        return
    zone = (found.zone_min, found.entry, found.zone_max)
    path = [found.stop, *zone[:: side.sign], *found.take_profits]
    assert path == sorted(set(path), reverse=side is Side.SELL)
    assert min(path) > 0
    assert found.risk_reward > found.risk_reward_worst > 0
    assert found.risk_reward > found.risk_reward_net > 0


@given(st.lists(st.tuples(st.sampled_from(Side), prices, atr_fractions), min_size=1, max_size=20))
@settings(max_examples=25)
def test_levels_over_history_equal_the_single_ones(
    signals: list[tuple[Side, float, float]],
) -> None:
    series = risk_level_series(
        RULES,
        np.array([side.sign for side, _, _ in signals], dtype=np.int8),
        np.array([entry for _, entry, _ in signals]),
        np.array([atr for _, _, atr in signals]),
    )
    singles = [risk_levels(RULES, *signal) for signal in signals]
    assert [series.at(row) for row in range(len(signals))] == singles


@pytest.mark.parametrize(
    "broken",
    [
        {"narrow_zone_atr": 1.5},
        {"stop_atr": float("nan")},
        {"take_profits_atr": (2.0, 2.0, 4.0)},
        {"zone_fraction": 0.0},
        {"fee_per_side": -0.001},
    ],
)
def test_rules_that_cannot_give_ordered_levels_are_refused(broken: dict[str, float]) -> None:
    with pytest.raises(InvalidEngineError):
        replace(RULES, **broken)  # type: ignore[arg-type] # the values fit their names

"""The curve of a breakdown, and its baselines, as they are published."""

from collections.abc import Sequence

from signals_service.breakdown_schemas import (
    EquityBaselineFigures,
    EquityFigures,
    RandomPathFigures,
)
from trading_core.scorecard.equity_curve import (
    EquityBaselines,
    equity_baselines,
    equity_curve,
)
from trading_core.scorecard.market import Market
from trading_core.scorecard.random_paths import RandomPaths
from trading_core.scorecard.score import ScoredSignal


def equity_figures(signals: Sequence[ScoredSignal], market: Market | None) -> EquityFigures:
    """Without a market no baselines."""
    curve = equity_curve(signals)
    baselines = None if market is None else equity_baselines(signals, curve, market)
    return EquityFigures(
        thinned=curve.thinned,
        exit_ms=curve.exit_ms.tolist(),
        side=list(curve.side),
        net_r=curve.net_r.tolist(),
        cumulative_net_r=curve.cumulative_net_r.tolist(),
        baselines=None if baselines is None else _baselines(baselines),
    )


def _baselines(baselines: EquityBaselines) -> EquityBaselineFigures:
    held, drawn = baselines.buy_and_hold_percent, baselines.random_entries
    return EquityBaselineFigures(
        always_hold_net_r=baselines.always_hold_net_r,
        buy_and_hold_percent=None if held is None else list(held),
        random_entries=None if drawn is None else _random(drawn),
    )


def _random(drawn: RandomPaths) -> RandomPathFigures:
    return RandomPathFigures(
        draws=drawn.draws,
        seed=drawn.seed,
        mean=drawn.mean.tolist(),
        percentile_5=drawn.percentile_5.tolist(),
        percentile_95=drawn.percentile_95.tolist(),
    )

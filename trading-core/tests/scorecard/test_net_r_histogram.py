import pytest
from hypothesis import given

from scored_signals import scored_signals, signal_of, with_net_r
from trading_core.outcomes.exit_reason import ExitReason
from trading_core.scorecard.net_r_histogram import NET_R_EDGES, net_r_histogram
from trading_core.scorecard.score import ScoredSignal, score


@given(scored_signals)
def test_every_outcome_lies_in_the_one_bin_that_holds_it(signals: list[ScoredSignal]) -> None:
    bins, whole = net_r_histogram(signals), score(signals)
    for name in ("n", "hits", "stopped", "expired", "ambiguous"):
        assert sum(getattr(one, name) for one in bins) == getattr(whole, name)
    for one in bins:
        low = float("-inf") if one.from_r is None else one.from_r
        high = float("inf") if one.until_r is None else one.until_r
        assert one.n == sum(low <= signal.outcome.net_r < high for signal in signals)


def test_bins_are_quarters_of_r_with_one_open_on_either_side() -> None:
    bins = net_r_histogram([])
    assert (NET_R_EDGES[0], NET_R_EDGES[-1], len(bins)) == (-3.0, 2.0, 22)
    assert [one.until_r for one in bins[:-1]] == [one.from_r for one in bins[1:]]
    assert (bins[0].from_r, bins[-1].until_r) == (None, None)
    assert {one.n for one in bins} == {0}


@pytest.mark.parametrize(
    ("net_r", "from_r"),
    [(-3.01, None), (-3.0, -3.0), (-1.1, -1.25), (-0.25, -0.25), (0.0, 0.0), (2.0, 2.0)],
)
def test_an_edge_belongs_to_the_bin_above_it(net_r: float, from_r: float | None) -> None:
    bins = net_r_histogram([with_net_r(signal_of(ExitReason.STOP), net_r)])
    assert [one.from_r for one in bins if one.n] == [from_r]


def test_a_bin_says_how_its_outcomes_were_left() -> None:
    ambiguous = signal_of(ExitReason.STOP, ambiguous=True)
    signals = [with_net_r(ambiguous, 0.1), with_net_r(signal_of(ExitReason.HORIZON), 0.2)]
    (found,) = [one for one in net_r_histogram(signals) if one.n]
    assert (found.hits, found.stopped, found.expired, found.ambiguous) == (0, 1, 1, 1)

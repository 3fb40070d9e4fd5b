import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_core.volume import VolumeSeries, analyse_volume, volume_series

volumes = st.one_of(st.just(0.0), st.floats(min_value=1e-8, max_value=1e9))


@pytest.mark.parametrize(
    ("volumes", "ratio", "verdict"),
    [
        ([1, 1, 4], 2.0, "High volume spike detected"),
        ([2.5, 1.5], 0.75, "Normal volume"),
        ([1.75, 0.25], 0.25, "Low volume detected"),
        ([0.5, 1.5], 1.5, "Normal volume"),
        ([1.5, 0.5], 0.5, "Normal volume"),
        ([0, 0], 1.0, "Normal volume"),
        ([7], 1.0, "Normal volume"),
    ],
)
def test_the_newest_volume_is_judged_against_the_average(
    volumes: list[float], ratio: float, verdict: str
) -> None:
    analysis = analyse_volume(volumes)
    assert analysis.ratio == ratio
    assert analysis.verdict == verdict
    assert analysis.current == volumes[-1]


@given(st.lists(volumes, min_size=1, max_size=60))
def test_volume_over_history_equals_the_single_bars(history: list[float]) -> None:
    series = volume_series(np.array(history))
    singles = [analyse_volume(history[max(0, end - 24) : end]) for end in range(1, len(series) + 1)]
    assert [series.at(row) for row in range(len(series))] == singles


@given(st.lists(volumes, min_size=2, max_size=60), st.data())
def test_later_volumes_change_no_earlier_analysis(
    history: list[float], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(1, len(history) - 1))
    whole, part = volume_series(np.array(history)), volume_series(np.array(history[:cut]))
    assert whole.ratio[:cut].tobytes() == part.ratio.tobytes()


def test_one_analysis_is_a_series_of_one() -> None:
    analysis = analyse_volume([1.0, 2.0, 6.0])
    assert VolumeSeries.of(analysis).at(0) == analysis


def test_no_volumes_give_no_analysis() -> None:
    assert len(volume_series(np.array([], dtype=np.float64))) == 0

import pytest

from market_service.volume_analysis import analyse_volume


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

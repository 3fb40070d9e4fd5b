from ml_service.forecasts.outcome import DueForecast
from ml_service.forecasts.score_forecasts import neighbourhoods


def due(bar_open_ms: int, horizon_ms: int) -> DueForecast:
    return DueForecast(bar_open_ms, "a", horizon_ms, look_ahead_bars=2, threshold=0.01)


def test_forecasts_far_from_one_another_are_scored_apart() -> None:
    long_ago, first, second, touching = (
        due(0, 30),
        due(1000, 1050),
        due(1010, 1040),
        due(1050, 1080),
    )
    assert neighbourhoods([long_ago, first, second, touching]) == [
        [long_ago],
        [first, second, touching],
    ]
    assert neighbourhoods([]) == []

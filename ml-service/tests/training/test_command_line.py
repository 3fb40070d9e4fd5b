from uuid import UUID

import pytest

from ml_service.training.command_line import parse_arguments
from ml_service.training.training_request import TrainingRequest
from trading_core.timeframe import Timeframe

ID = "2f0f6c4e-8f3f-4a55-9a43-3f9f8a2b7c11"


def test_a_waiting_training_is_named_by_its_id() -> None:
    assert parse_arguments(["--id", ID]) == UUID(ID)


def test_a_new_one_is_asked_for_by_its_series() -> None:
    series = ["--symbol", "ETH/USDT", "--timeframe", "1h"]
    assert parse_arguments(series) == TrainingRequest(symbol="ETHUSDT", timeframe=Timeframe.H1)
    told = parse_arguments([*series, "--since", "5", "--untouched-since", "9", "--lookback", "7"])
    assert isinstance(told, TrainingRequest)
    assert (told.since_ms, told.untouched_from_ms, told.lookback_rows) == (5, 9, 7)


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["--symbol", "ETH/USDT"],
        ["--id", "nonsense"],
        ["--symbol", "?", "--timeframe", "1h"],
        ["--symbol", "ETHUSDT", "--timeframe", "2h"],
        ["--symbol", "ETHUSDT", "--timeframe", "1h", "--since", "-1"],
        ["--symbol", "ETHUSDT", "--timeframe", "1h", "--lookback", "0"],
    ],
)
def test_a_wrong_question_ends_with_exit_code_2(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse_arguments(wrong)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err

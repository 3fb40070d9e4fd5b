from collections.abc import Callable
from pathlib import Path

import pytest

from exchange_simulator.errors import RecordingError
from exchange_simulator.recording import read_recording
from trading_core.timeframe import Timeframe

START_MS = 1_722_816_000_000


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_a_recording_is_read_as_units(write_candles: Callable[..., Path], suffix: str) -> None:
    recording = read_recording(write_candles(f"ETHUSDT-1m-test.{suffix}"))
    assert (recording.symbol.slashed, recording.timeframe) == ("ETH/USDT", Timeframe.M1)
    assert recording.bars.open.tolist() == [200_001_000_000, 200_050_000_000, 200_100_000_000]
    assert recording.bars.volume.tolist() == [150_000_000, 0, 6_323_120_000]
    assert recording.end_ms == START_MS + 180_000


def test_the_spacing_tells_the_timeframe_that_a_name_leaves_out(
    write_candles: Callable[..., Path],
) -> None:
    assert read_recording(write_candles("ETHUSDT.csv")).timeframe is Timeframe.M1


@pytest.mark.parametrize(
    ("name", "changed", "sentence"),
    [
        ("ETHUSDT-5m-test.csv", {}, "the name says 5m, but the rows are 1m apart"),
        ("candles.csv", {}, "name must begin with the market"),
        ("ETHUSDT-1m-test.txt", {}, "a recording is a .parquet or a .csv file"),
        ("ETHUSDT-1m-test.csv", {"low": None}, "the column 'low' is missing"),
        ("ETHUSDT-1m-test.csv", {"trades": [1, 2, 3]}, "the column 'trades' is unknown"),
        ("ETHUSDT-1m-test.csv", {"open": ["a", "b", "c"]}, "the column 'open' is not numeric"),
        (
            "ETHUSDT-1m-test.parquet",
            {"close": [2000.0, None, 2001.0]},
            "the column 'close' has empty values",
        ),
        (
            "ETHUSDT-1m-test.csv",
            {"close": [2000.0, float("inf"), 2001.0]},
            "'close' of row 2 is not a finite number",
        ),
        ("ETHUSDT-1m-test.csv", {"volume": [1, 1, -1]}, "row 3 has a negative volume"),
        ("ETHUSDT-1m-test.csv", {"high": [2001, 2000.1, 2003]}, "row 2 has a high below"),
        ("ETHUSDT-1m-test.csv", {"low": [1999, 2000.9, 2000]}, "row 2 has a low above"),
        ("ETHUSDT-1m-test.csv", {"low": [0, 2000, 2000]}, "row 1 has a price that is not positive"),
        ("ETHUSDT-1m-test.csv", {"volume": [1, 1e8, 1]}, "row 2 has a value above 90 million"),
        (
            "ETHUSDT-1m-test.csv",
            {"timestamp": [START_MS, START_MS + 60_000, START_MS + 60_000]},
            "row 3 has a timestamp that is not after the one before",
        ),
        (
            "ETHUSDT-1m-test.csv",
            {"timestamp": [START_MS + 7, START_MS + 60_007, START_MS + 120_007]},
            "row 1 has a timestamp that is not on the 1m grid",
        ),
        (
            "ETHUSDT-1m-test.csv",
            {"timestamp": [START_MS, START_MS + 59_000, START_MS + 120_000]},
            "rows 59000 ms apart are of no timeframe",
        ),
        (
            "ETHUSDT-1m-test.csv",
            {"timestamp": [n * 60_000 + START_MS * 1000 for n in range(3)]},
            "row 1 has a timestamp outside 1970 to 2100",
        ),
    ],
)
def test_what_is_no_recording_is_refused_in_one_sentence(
    write_candles: Callable[..., Path],
    name: str,
    changed: dict[str, list[object] | None],
    sentence: str,
) -> None:
    path = write_candles(name, **changed)
    with pytest.raises(RecordingError) as refusal:
        read_recording(path)
    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="no such file"):
        read_recording(tmp_path / "ETHUSDT-1m.parquet")


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ETHUSDT-1m.parquet"
    path.write_bytes(b"PAR1 but not really")
    with pytest.raises(RecordingError, match="not readable as candles"):
        read_recording(path)


def test_an_empty_file_is_refused(write_candles: Callable[..., Path]) -> None:
    columns = ("timestamp", "open", "high", "low", "close", "volume")
    path = write_candles("ETHUSDT-1m.parquet", **{column: [] for column in columns})
    with pytest.raises(RecordingError, match="no rows"):
        read_recording(path)

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from exchange_simulator.describe_feed import main

START_MS = 1_722_816_000_000

Describe = Callable[..., dict[str, object]]


@pytest.fixture
def describe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Describe:
    def run(*arguments: str) -> dict[str, object]:
        monkeypatch.setattr("sys.argv", ["describe_feed", *arguments])
        main()
        found: dict[str, object] = json.loads(capsys.readouterr().out)
        return found

    return run


def test_a_recording_is_described(describe: Describe, write_candles: Callable[..., Path]) -> None:
    found = describe("--feed", "replay", "--recording", str(write_candles()))
    identity = found.pop("identity")
    assert found == {
        "kind": "replay",
        "source": "replay:ETHUSDT-1m-test",
        "symbols": ["ETH/USDT"],
        "startMs": START_MS + 60_000,
        "endMs": START_MS + 180_000,
    }
    assert isinstance(identity, dict)
    assert identity["kind"] == "replay"
    assert len(identity["recordings"][0]["sha256"]) == 64


def test_a_start_may_be_chosen(describe: Describe, write_candles: Callable[..., Path]) -> None:
    chosen = ("--start", "2024-08-05T00:02Z")
    found = describe("--feed", "replay", "--recording", str(write_candles()), *chosen)
    assert found["startMs"] == START_MS + 120_000


def test_a_simulated_market_starts_at_a_whole_minute_and_never_ends(describe: Describe) -> None:
    found = describe("--feed", "simulated", "--seed", "7", "--symbols", "ETH/USDT,BTCUSDT")
    assert (found["source"], found["endMs"]) == ("simulated:seed-7", None)
    assert found["symbols"] == ["ETH/USDT", "BTC/USDT"]
    assert int(str(found["startMs"])) % 60_000 == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--feed", "replay"), "a replay needs at least one recording"),
        (("--feed", "replay", "--recording", "no-such.parquet"), "no-such.parquet: no such file"),
        (("--feed", "simulated", "--faults", "no-such.json"), "no-such.json cannot be read"),
        (("--feed", "simulated", "--start", "soon"), "'soon' is not a time like"),
        (("--feed", "simulated", "--start", "1999-01-01"), "lies outside the simulated market"),
        (("--feed", "simulated", "--start", "2999-01-01"), "lies outside the simulated market"),
        (("--feed", "simulated", "--seed", "-1"), "the seed -1 is not between"),
        (("--feed", "simulated", "--symbols", "ETH/USDT,?"), "'?' is not a symbol"),
    ],
)
def test_what_cannot_be_played_is_one_sentence_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    sentence: str,
) -> None:
    monkeypatch.setattr("sys.argv", ["describe_feed", *arguments])
    with pytest.raises(SystemExit) as leaving:
        main()
    told = capsys.readouterr()
    assert leaving.value.code == 2
    assert sentence in told.err
    assert told.err.count("\n") == 1
    assert not told.out


def test_a_start_at_the_end_is_refused(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    write_candles: Callable[..., Path],
) -> None:
    path = str(write_candles())
    arguments = ["--feed", "replay", "--recording", path, "--start", "2024-08-05T00:03Z"]
    monkeypatch.setattr("sys.argv", ["describe_feed", *arguments])
    with pytest.raises(SystemExit):
        main()
    assert "is the end of the recording" in capsys.readouterr().err

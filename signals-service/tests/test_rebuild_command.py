import argparse

import orjson
import pytest
from pydantic import SecretStr

from service_kit.errors import NotFoundError
from service_kit.program import run_program
from signal_rows import ETH_5M, hold, opened
from signals_service.rebuild.__main__ import (
    RebuildSettings,
    asked_for,
    parse_arguments,
    parse_time,
    run,
)
from signals_service.rebuild.rebuild_series import END_OF_TIME_MS
from signals_service.rebuild.report import Report
from trading_core.decision.sides import Side
from trading_core.errors import InvalidSymbolError
from trading_core.time_range import TimeRange

SETTINGS = RebuildSettings(database_url=SecretStr("postgresql+asyncpg://nobody@127.0.0.1:1/x"))
QUESTION = ["--symbol", "ETH/USDT", "--timeframe", "1h"]


@pytest.mark.parametrize(
    ("text", "moment_ms"),
    [
        ("1722807000000", 1_722_807_000_000),
        ("2024-08-04T21:30:00", 1_722_807_000_000),
        ("2024-08-04T21:30Z", 1_722_807_000_000),
        ("2024-08-04T23:30+02:00", 1_722_807_000_000),
    ],
)
def test_times_are_iso_or_milliseconds(text: str, moment_ms: int) -> None:
    assert parse_time(text) == moment_ms


def test_a_time_that_is_none_is_refused() -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="'soon' is no ISO 8601 time"):
        parse_time("soon")


def test_without_times_all_of_history_is_rebuilt() -> None:
    asked = asked_for(parse_arguments(QUESTION), SETTINGS)
    assert (asked.since_ms, asked.until_ms) == (0, END_OF_TIME_MS)
    assert asked.series.key == ("ETHUSDT", "1h")


def test_an_unknown_market_is_one_sentence() -> None:
    given = parse_arguments(["--symbol", "DOGEUSDT", "--timeframe", "1h"])
    with pytest.raises(NotFoundError, match="DOGE/USDT is not watched here"):
        asked_for(given, SETTINGS)
    with pytest.raises(InvalidSymbolError):
        asked_for(parse_arguments(["--symbol", "?", "--timeframe", "1h"]), SETTINGS)


def test_a_missing_setting_ends_it_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("SECRETS_DIR", raising=False)
    assert run_program(lambda: run(parse_arguments(QUESTION))) == 2
    assert "DATABASE_URL" in capsys.readouterr().err


def test_progress_counts_what_was_passed_and_the_end_names_what_was_not_decided() -> None:
    lines: list[str] = []
    report = Report(ETH_5M, 10, lines.append)
    buy = opened(Side.BUY, 0)
    report.missed([TimeRange(0, 3 * ETH_5M.bar_ms)])
    report.missed([TimeRange(0, 3 * ETH_5M.bar_ms)])
    report.chunk([hold(0), buy, opened(Side.BUY, 1, continues=buy.id)], passed=5)
    report.chunk([], passed=5)
    report.done()
    progress, _, done = map(orjson.loads, lines)
    assert (progress["event"], progress["done"], progress["total"]) == ("progress", 5, 10)
    assert progress["etaSeconds"] >= 0
    assert done["decided"] == {"HOLD": 1, "BUY": 2}
    assert (done["continuing"], done["undecidable"]) == (1, 7)
    assert done["holes"] == [{"fromMs": 0, "untilMs": 900_000, "bars": 3}]

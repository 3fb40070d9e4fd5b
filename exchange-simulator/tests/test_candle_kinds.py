import json
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import orjson
import pytest

from exchange_simulator.faults.candle_kinds import CANDLE_KINDS, Event, Moment, Row
from exchange_simulator.faults.spoil_rows import spoil_rows
from exchange_simulator.random_source import random_source
from trading_core.timeframe import MINUTE_MS, Timeframe

NOW_MS = 1_722_816_030_000
MOMENT = Moment(NOW_MS, Timeframe.M1)


def row(number: int) -> Row:
    open_ms = NOW_MS - NOW_MS % MINUTE_MS - (20 - number) * MINUTE_MS
    figures = [f"{2000 + number}.{digit}0000000" for digit in (1, 9, 0, 5)]
    return [open_ms, *figures, "3.00000000", open_ms + 59_999, "6.0", 12, "1.0", "2.0", "0"]


ROWS = [row(number) for number in range(20)]


def event(number: int) -> Event:
    t, o, h, low, c, v, end, *_ = row(number)
    kline = {"t": t, "T": end, "s": "ETHUSDT", "i": "1m", "o": o, "c": c, "h": h, "l": low, "v": v}
    return {"e": "kline", "E": NOW_MS, "s": "ETHUSDT", "k": kline | {"x": True}}


def spoilt_rows(kind: str, *, seed: int = 1) -> tuple[list[Row], int]:
    return spoil_rows(kind, ROWS, random_source(seed, "test"), MOMENT)


def spoilt_frames(kind: str, *, seed: int = 1, earlier: Sequence[Event] = ()) -> list[Event]:
    moment = Moment(NOW_MS, Timeframe.M1, earlier)
    return CANDLE_KINDS[kind].frame(event(5), random_source(seed, "test"), moment)


def told(content: object) -> str:
    return orjson.dumps(content).decode()


@pytest.mark.parametrize("kind", CANDLE_KINDS)
def test_the_seed_decides_and_what_was_given_is_untouched(kind: str) -> None:
    given = deepcopy(ROWS)
    assert told(spoilt_rows(kind)) == told(spoilt_rows(kind))
    assert told(spoilt_rows(kind)) != told(spoilt_rows(kind, seed=2))
    assert given == ROWS


@pytest.mark.parametrize("kind", ["null_values", "nan_values", "huge_values", "short_rows"])
def test_about_half_of_the_rows_are_spoilt_and_the_others_are_whole(kind: str) -> None:
    rows, bites = spoilt_rows(kind)
    whole = [told(one) for one in rows if told(one) in set(map(told, ROWS))]
    assert 5 <= bites <= 15
    assert len(rows) == len(ROWS)
    assert len(whole) == len(ROWS) - bites


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("null_values", {"null"}),
        ("nan_values", {"NaN", '"NaN"'}),
        ("huge_values", {"1e400", '"1e400"'}),
    ],
)
def test_figures_that_are_none_come_bare_and_as_text(kind: str, words: set[str]) -> None:
    text = told(spoilt_rows(kind)[0])
    frames = [told(frame) for seed in range(20) for frame in spoilt_frames(kind, seed=seed)]
    found = set(text.replace("[", ",").replace("]", ",").split(","))
    assert words <= found
    assert all(any(f":{word}" in frame for word in words) for frame in frames)
    assert all(any(f":{word}" in frame for frame in frames) for word in words)


def test_short_rows_and_frames_lack_what_a_candle_needs() -> None:
    lengths = {len(one) for one in spoilt_rows("short_rows")[0]}
    assert max(lengths - {12}) < 6
    for seed in range(20):
        (frame,) = spoilt_frames("short_rows", seed=seed)
        assert set(frame["k"]) < set(event(5)["k"])


def test_an_inconsistent_candle_has_its_high_below_its_low() -> None:
    rows, bites = spoilt_rows("inconsistent_candles")
    assert sum(float(str(one[2])) < float(str(one[3])) for one in rows) == bites
    (frame,) = spoilt_frames("inconsistent_candles")
    assert float(frame["k"]["h"]) < float(frame["k"]["l"])


def test_a_candle_that_stood_still_is_inconsistent_too() -> None:
    flat: list[Any] = [NOW_MS, "5.0", "5.0", "5.0", "5.0", *ROWS[0][5:]]
    (spoilt,) = CANDLE_KINDS["inconsistent_candles"].rows(
        [flat], [0], random_source(1, "test"), MOMENT
    )
    assert float(str(spoilt[2])) < float(str(spoilt[3]))


def test_future_candles_follow_the_true_ones_and_have_not_begun() -> None:
    rows, _ = spoilt_rows("future_candles")
    assert rows[: len(ROWS)] == ROWS
    ahead = [(int(str(one[0])) - NOW_MS) // MINUTE_MS for one in rows[len(ROWS) :]]
    assert ahead
    assert all(2 <= bars <= 500 for bars in ahead)
    true, future = spoilt_frames("future_candles")
    assert true == event(5)
    assert future["k"]["t"] > NOW_MS + 2 * MINUTE_MS
    assert (future["k"]["x"], future["k"]["T"] - future["k"]["t"]) == (True, MINUTE_MS - 1)


def test_duplicates_are_told_twice() -> None:
    rows, bites = spoilt_rows("duplicate_candles")
    assert len(rows) == len(ROWS) + bites
    assert [one for one, before in zip(rows, [None, *rows], strict=False) if one != before] == ROWS
    assert spoilt_frames("duplicate_candles") == [event(5), event(5)]


def test_rows_out_of_order_are_the_same_rows() -> None:
    rows, bites = spoilt_rows("out_of_order_candles")
    assert sorted(rows, key=json.dumps) == sorted(ROWS, key=json.dumps)
    assert sum(one != true for one, true in zip(rows, ROWS, strict=True)) == bites


def test_an_older_close_comes_again_after_a_newer_one() -> None:
    earlier = [event(3), event(4)]
    newer, older = spoilt_frames("out_of_order_candles", earlier=earlier)
    assert newer == event(5)
    assert older in earlier
    assert spoilt_frames("out_of_order_candles") == [event(5)]

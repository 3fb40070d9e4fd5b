from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from trading_core.decision.engine import DEFAULT_ENGINE, Engine
from trading_core.errors import InvalidEngineError, InvalidJsonError
from trading_core.frozen_json import JsonObject
from trading_core.timeframe import Timeframe


def test_an_engine_comes_back_from_json_as_it_was() -> None:
    assert Engine.from_json(DEFAULT_ENGINE.to_json()) == DEFAULT_ENGINE


def test_the_version_is_twelve_hexadecimal_digits_of_the_content() -> None:
    version = DEFAULT_ENGINE.version
    assert len(version) == 12
    assert int(version, 16) > 0
    assert replace(DEFAULT_ENGINE).version == version
    assert replace(DEFAULT_ENGINE, pattern_memory_bars=6).version != version


def test_a_whole_number_and_its_float_are_the_same_engine() -> None:
    whole = replace(DEFAULT_ENGINE, trend=replace(DEFAULT_ENGINE.trend, alignment_full_atr=1))
    assert whole.version == DEFAULT_ENGINE.version


def test_the_version_changes_with_every_number() -> None:
    changed = list(_each_number_changed())
    versions = {engine.version for engine in changed}
    assert len(changed) > 35
    assert len(versions) == len(changed)
    assert DEFAULT_ENGINE.version not in versions


@pytest.mark.parametrize("family", ["trend", "momentum", "volatility", "patterns", "ml"])
def test_a_table_in_which_one_family_could_decide_is_refused(family: str) -> None:
    alone = DEFAULT_ENGINE.threshold - DEFAULT_ENGINE.weights.volume
    with pytest.raises(InvalidEngineError, match="one family"):
        replace(DEFAULT_ENGINE, weights=replace(DEFAULT_ENGINE.weights, **{family: alone}))


@pytest.mark.parametrize(
    ("break_rule", "rule"),
    [
        (lambda e: replace(e, threshold=float("nan")), "finite"),
        (lambda e: replace(e, threshold=0.96), "can reach"),
        (lambda e: replace(e, trend=replace(e.trend, vwap_share=0.3)), "add up to 1"),
        (lambda e: replace(e, volatility=replace(e.volatility, stretch_full=0.5)), "stretch"),
        (lambda e: replace(e, volume=replace(e.volume, weak_ratio=1.0)), "weak"),
        (lambda e: replace(e, volume=replace(e.volume, full_sum=0.04)), "turns"),
        (lambda e: replace(e, pattern_memory_bars=0), "remembered"),
        (lambda e: replace(e, horizon_bars=e.horizon_bars[1:]), "horizon"),
        (lambda e: replace(e, calibration=replace(e.calibration, prior_outcomes=-1)), "prior"),
    ],
)
def test_a_table_that_breaks_its_rules_is_refused(
    break_rule: Callable[[Engine], Engine], rule: str
) -> None:
    with pytest.raises(InvalidEngineError, match=rule):
        break_rule(DEFAULT_ENGINE)


@pytest.mark.parametrize(
    "change",
    [
        {"threshold": "0.4"},
        {"threshold": float("inf")},
        {"threshold": 10**400},
        {"pattern_memory_bars": 5.5},
        {"pattern_memory_bars": True},
        {"surprise": 1},
        {"weights": []},
        {"horizon_bars": [["2m", 24]]},
        {"horizon_bars": [["1m"]]},
    ],
)
def test_json_that_is_no_engine_is_refused(change: JsonObject) -> None:
    with pytest.raises(InvalidJsonError):
        Engine.from_json({**DEFAULT_ENGINE.to_json(), **change})


def test_every_timeframe_has_its_horizon() -> None:
    assert {DEFAULT_ENGINE.horizon(timeframe) for timeframe in Timeframe} == {24}


def _each_number_changed() -> Iterator[Engine]:
    """The default engine with one number changed, slightly enough to stay within the rules."""
    for path, number in _numbers(DEFAULT_ENGINE.to_json()):
        json = deepcopy(DEFAULT_ENGINE.to_json())
        place: Any = json  # Any: objects and lists, down to the number
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = not number if isinstance(number, bool) else _next(number)
        yield Engine.from_json(json)


def _next(number: float) -> float:
    return number + 1 if isinstance(number, int) else number * (1 + 1e-12)


def _numbers(json: object, path: tuple[object, ...] = ()) -> Iterator[tuple[list[object], float]]:
    if isinstance(json, int | float):
        yield list(path), json
    elif isinstance(json, dict | list):
        items = json.items() if isinstance(json, dict) else enumerate(json)
        for key, item in items:
            yield from _numbers(item, (*path, key))

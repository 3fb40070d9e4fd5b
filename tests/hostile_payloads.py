"""Frames and REST bodies made hostile: real ones, damaged in values, shape or bytes.

They are drawn by hypothesis from a seed, so that a finding can be had again.
"""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

Json = Any  # Any: whatever JSON can say, and then some

DEEP: Final = 3_000
VALUES: Final[st.SearchStrategy[Json]] = st.sampled_from(
    [
        None, True, False, 0, -1, 1, 2**53, 2**63, -(2**63), 10**40, 0.1, -0.0, float("nan"),
        float("inf"), float("-inf"), "", "0", "-1", "NaN", "nan", "Infinity", "1e400", "1e2",
        "0x10", "1_000", " 1", "1 ", "+1", "1.", ".1", "1,5", "00001", "9" * 40, "0.123456789",
        "\u0661\u0662", "\x00", "1\x00", "\ud7ff", "<b>", "ETHUSDT", "ethusdt", "1m", "1M", "7m",
        [], {}, [[]], [{}],
    ]
)  # fmt: skip


def hostile(made: st.SearchStrategy[bytes], count: int, number: int) -> list[bytes]:
    """So many of them, the same for the same seed."""
    drawn: list[bytes] = []

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(made)
    def draw(one: bytes) -> None:
        drawn.append(one)

    draw()
    return drawn[:count]


def damaged(originals: list[Json]) -> st.SearchStrategy[bytes]:
    """One of these, with up to three injuries to what it says, and often to its bytes."""
    hurt = st.tuples(st.sampled_from(originals), st.lists(INJURIES, max_size=3)).map(_injured)
    torn = st.tuples(hurt, st.lists(BYTE_INJURIES, min_size=1, max_size=2)).map(_torn)
    return st.one_of(hurt, hurt, torn | st.binary(max_size=200))


Injury = Callable[[Json], Json]
ByteInjury = Callable[[bytes], bytes]


def _places(value: Json) -> list[tuple[Json, Any]]:
    """Every container and key in it, in a fixed order."""
    if isinstance(value, dict):
        keys: list[Any] = list(value)
    elif isinstance(value, list):
        keys = list(range(len(value)))
    else:
        return []
    return [(value, key) for key in keys] + [place for key in keys for place in _places(value[key])]


def _change(at: int, change: Callable[[Json, Any], None]) -> Injury:
    def injure(value: Json) -> Json:
        places = _places(value)
        if places:
            change(*places[at % len(places)])
        return value

    return injure


def _replaced(at: int, by: Json) -> Injury:
    # A copy: what is damaged later must not be damaged in every other payload, too.
    return _change(at, lambda holder, key: holder.__setitem__(key, deepcopy(by)))


def _removed(at: int) -> Injury:
    return _change(at, lambda holder, key: holder.pop(key))


def _doubled(at: int) -> Injury:
    def double(holder: Json, key: Any) -> None:  # noqa: ANN401 - a key or an index
        if isinstance(holder, list):
            holder.insert(key, holder[key])
        else:
            holder[f"{key}{key}"] = holder[key]

    return _change(at, double)


def _swapped(at: int, other: int) -> Injury:
    def swap(value: Json) -> Json:
        places = _places(value)
        if places:
            (one, key), (two, second) = places[at % len(places)], places[other % len(places)]
            held = json.dumps(one[key], default=str)
            one[key] = json.loads(json.dumps(two[second], default=str))
            two[second] = json.loads(held)
        return value

    return swap


_AT: Final = st.integers(0, 10_000)
INJURIES: Final[st.SearchStrategy[Injury]] = (
    st.builds(_replaced, _AT, VALUES)
    | st.builds(_removed, _AT)
    | st.builds(_doubled, _AT)
    | st.builds(_swapped, _AT, _AT)
)
BYTE_INJURIES: Final[st.SearchStrategy[ByteInjury]] = (
    st.builds(lambda at: lambda raw: raw[: at % (len(raw) + 1)], _AT)
    | st.builds(lambda at: lambda raw: raw[at % (len(raw) + 1) :], _AT)
    | st.builds(
        lambda at, by: lambda raw: raw[: at % (len(raw) + 1)] + by + raw[at % (len(raw) + 1) :],
        _AT,
        st.binary(min_size=1, max_size=4),
    )
    | st.sampled_from(
        [
            lambda raw: b"<html>" + raw + b"</html>",
            lambda raw: b"[" * DEEP + raw + b"]" * DEEP,
            lambda raw: raw + raw,
            lambda raw: b"\xff\xfe" + raw,
            lambda raw: raw.replace(b'"', b"'"),
        ]
    )
)


def _injured(drawn: tuple[Json, list[Injury]]) -> bytes:
    original, injuries = drawn
    value = json.loads(json.dumps(original))
    for injure in injuries:
        value = injure(value)
    return json.dumps(value).encode(errors="surrogatepass")


def _torn(drawn: tuple[bytes, list[ByteInjury]]) -> bytes:
    raw, injuries = drawn
    for injure in injuries:
        raw = injure(raw)
    return raw

"""Which faults a campaign makes, in which order and how long: drawn from a seed."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

Names = frozenset[str]

ANY_BAD_VALUE: Final = frozenset({"bad_number", "bad_time", "missing_field", "not_json"})
ANY_BAD_ROW: Final = frozenset({"rest_bad_row", "rest_not_candles", "rest_not_json"})
NOT_READABLE: Final = frozenset({"not_json", "not_an_object"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault as a campaign makes it."""

    name: str
    told_as: Names
    """By which of market-service's names it must be counted."""
    seconds: tuple[float, float] | None = (4.0, 8.0)
    """How long it lasts; None for what happens at once."""
    needs_rest: bool = False
    """Whether closes are kept from the stream meanwhile, so that REST is asked at all."""
    fields: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlannedFault:
    kind: Kind
    seconds: float | None
    seed: int

    def script(self) -> dict[str, Any]:
        """As the simulator takes it; it begins at once."""
        lasts = {} if self.seconds is None else {"for": self.seconds}
        faults = [{"kind": self.kind.name, "at": 0.0, **lasts, **self.kind.fields}]
        if self.kind.needs_rest:
            faults.append({"kind": "missing_closes", "at": 0.0, **lasts})
        return {"seed": self.seed, "faults": faults}


REST_SECONDS: Final = (7.0, 11.0)

KINDS: Final = (
    Kind("drop_sockets", frozenset({"connection_lost"}), None),
    Kind("refuse_sockets", frozenset({"connection_refused", "connection_lost"})),
    Kind("half_open", frozenset({"half_open"}), None),
    Kind("silent_stream", frozenset({"silent_stream"}), (9.0, 12.0)),
    Kind("expire_connections", frozenset({"connection_expired"}), None),
    Kind("server_shutdown", frozenset({"server_shutdown"}), None),
    Kind("refuse_rest", frozenset({"rest_unreachable"}), REST_SECONDS, needs_rest=True),
    Kind("too_many_requests", frozenset({"rest_rate_limited"}), REST_SECONDS, needs_rest=True),
    Kind("ban", frozenset({"rest_banned"}), REST_SECONDS, needs_rest=True),
    Kind(
        "slow_answers",
        frozenset({"rest_timeout"}),
        REST_SECONDS,
        needs_rest=True,
        fields={"seconds": 7.0},
    ),
    Kind("html_answers", frozenset({"rest_not_json"}), REST_SECONDS, needs_rest=True),
    Kind("truncated_json", frozenset({"rest_not_json"}), REST_SECONDS, needs_rest=True),
    Kind("broken_json", frozenset({"rest_not_json"}), REST_SECONDS, needs_rest=True),
    Kind("empty_answers", frozenset({"rest_empty"}), REST_SECONDS, needs_rest=True),
    Kind("server_errors", frozenset({"rest_server_error"}), REST_SECONDS, needs_rest=True),
    Kind("firewall", frozenset({"rest_refused"}), REST_SECONDS, needs_rest=True),
    Kind("unavailable_here", frozenset({"rest_refused"}), REST_SECONDS, needs_rest=True),
    Kind("null_values", ANY_BAD_VALUE | ANY_BAD_ROW),
    Kind("nan_values", ANY_BAD_VALUE | ANY_BAD_ROW),
    Kind("huge_values", ANY_BAD_VALUE | ANY_BAD_ROW),
    Kind("short_rows", ANY_BAD_VALUE | ANY_BAD_ROW),
    Kind("inconsistent_candles", frozenset({"bad_range"}) | ANY_BAD_ROW),
    Kind("future_candles", frozenset({"future_candle"}) | ANY_BAD_ROW),
    Kind("duplicate_candles", frozenset({"duplicate_candle"}) | ANY_BAD_ROW),
    Kind("out_of_order_candles", frozenset({"out_of_order_candle", "duplicate_candle"})),
    Kind("late_candles", frozenset({"late_candle", "missed_close"}), (6.0, 10.0)),
    Kind("missing_closes", frozenset({"missed_close"}), (6.0, 10.0)),
    Kind("kline_without_k", frozenset({"missing_field"})),
    Kind("truncated_frames", NOT_READABLE),
    Kind("broken_frames", NOT_READABLE),
    Kind("html_frames", NOT_READABLE),
    Kind("revised_candles", frozenset({"revision"})),
    Kind("outage", frozenset({"outage"}), (3.0, 6.0)),
    Kind("clock_skew", frozenset({"clock_skew"}), (8.0, 12.0)),
)
BRIEF: Final = frozenset(
    {
        "drop_sockets", "half_open", "ban", "html_answers", "empty_answers", "nan_values",
        "future_candles", "out_of_order_candles", "late_candles", "broken_frames",
        "revised_candles", "clock_skew",
    }
)  # fmt: skip
"""One of each family, for a campaign of a few minutes."""


def planned(seed: int, count: int, kinds: Sequence[Kind] = KINDS) -> list[PlannedFault]:
    """So many, every kind at least once where they are enough, in a random order."""
    chance = random.Random(seed)  # noqa: S311 - what is drawn is no secret
    drawn = [*kinds, *chance.choices(kinds, k=max(0, count - len(kinds)))][:count]
    chance.shuffle(drawn)
    return [
        PlannedFault(
            kind,
            None if kind.seconds is None else round(chance.uniform(*kind.seconds), 1),
            chance.randrange(2**32),
        )
        for kind in drawn
    ]

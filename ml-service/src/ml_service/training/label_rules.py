"""How bars of each timeframe are labelled where a question does not say it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from ml_service.learning.dataset import LabelRule
from service_kit.settings import split_commas
from trading_core.timeframe import Timeframe

MOST_LOOK_AHEAD_BARS: Final = 500
MOST_THRESHOLD: Final = 1.0
"""A share of the price."""


@dataclass(frozen=True, slots=True)
class LabelRules:
    told: Mapping[Timeframe, LabelRule] = field(default_factory=dict)
    """Of the timeframes that the operator named; the specification's hold for the others."""

    def of(self, timeframe: Timeframe) -> LabelRule:
        return self.told.get(timeframe, LabelRule())

    def again(self, timeframe: Timeframe, before: LabelRule) -> LabelRule:
        """A model that was trained by `before` keeps its question, unless another one was told."""
        return self.told.get(timeframe, before)

    def chosen(
        self, timeframe: Timeframe, look_ahead_bars: int | None, threshold: float | None
    ) -> LabelRule:
        """What was said in a question, and the timeframe's own where it was not."""
        usual = self.of(timeframe)
        return LabelRule(
            usual.look_ahead_bars if look_ahead_bars is None else look_ahead_bars,
            usual.threshold if threshold is None else threshold,
        )

    @classmethod
    def parse(cls, parts: list[str]) -> Self:
        """`["1m=5:0.001", "1d=5:0.03"]`: look-ahead bars and threshold. Raises ValueError."""
        told = dict(map(_read_part, parts))
        if len(told) < len(parts):
            raise ValueError("a timeframe is named twice")
        return cls(told)


def read_label_rules(value: object) -> object:
    """`"1m=5:0.001,1d=5:0.03"` as it stands in an environment variable → LabelRules."""
    parts = split_commas(value)
    return LabelRules.parse(list(map(str, parts))) if isinstance(parts, list) else value


def _read_part(part: str) -> tuple[Timeframe, LabelRule]:
    name, _, rule = part.partition("=")
    bars, _, threshold = rule.partition(":")
    try:
        return Timeframe(name), _checked(LabelRule(int(bars), float(threshold)))
    except ValueError:
        raise ValueError(
            f"{part[:40]!r} is not like 1m=5:0.001: a timeframe, 1 to {MOST_LOOK_AHEAD_BARS}"
            " look-ahead bars, and a share of the price from 0 to 1"
        ) from None


def _checked(rule: LabelRule) -> LabelRule:
    """Raises ValueError."""
    if not 1 <= rule.look_ahead_bars <= MOST_LOOK_AHEAD_BARS:
        raise ValueError(rule.look_ahead_bars)
    if not 0 <= rule.threshold <= MOST_THRESHOLD:
        raise ValueError(rule.threshold)
    return rule

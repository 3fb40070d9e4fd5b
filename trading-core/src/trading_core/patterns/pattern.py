"""One row of the catalogue: a pattern, its rule in words, and the rule in arithmetic."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from trading_core.patterns.anatomy import Drawn, Floats, Mask, Rows
from trading_core.patterns.pattern_type import PatternType

AFTER_A_DECLINE: Final = 0.5
"""The last close lies more than half an average range below the mean of the last eight."""
NOT_AFTER_A_RISE: Final = -0.5
"""The last close lies less than half an average range above the mean of the last eight."""
AFTER_ANYTHING: Final = 0.0
"""For neutral patterns: nothing is needed, but a way behind it adds to the strength."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A pattern as it is drawn for a rise to come.

    A bearish one is its bullish twin on bars that are upside down, so the two are mirror
    images by construction.
    """

    pattern_type: PatternType
    candles: int
    """How many bars it is made of; they follow one another without a missing one."""
    needed_drop: float
    """What `Past.drop` has to exceed before it, in average ranges; not asked of neutral ones."""
    is_shaped: Callable[[Drawn], Mask]
    geometry: Callable[[Drawn, Rows], Floats]
    """The first share of `strength`, at the given rows."""
    description: str
    """One sentence for people: what it is taken to say."""
    rule: str
    """The whole rule in one sentence, the tolerances included."""

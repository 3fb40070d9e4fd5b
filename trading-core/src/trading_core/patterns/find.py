"""Find every pattern in a stretch of bars, and weigh it.

Beside the rule of its shape a pattern keeps three more:

- its last bar's range is more than `LEAST_RANGE` of the average one: a shape that is a tick or
  two high says nothing;
- price came from where the pattern needs it (`Pattern.needed_drop`);
- its bars follow one another in time. What came *before* them is counted in bars that exist, so
  an outage of the exchange breaks a pattern, but not the averages.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trading_core.candles import Candles
from trading_core.patterns.anatomy import (
    LONGEST_PATTERN,
    LOOKBACK_BARS,
    Anatomy,
    Floats,
    Mask,
    Rows,
)
from trading_core.patterns.catalogue import CATALOGUE
from trading_core.patterns.pattern_type import Direction
from trading_core.patterns.strength import Measures, strength

LEAST_RANGE: Final = 0.5
"""Of a pattern's last bar, in average ranges."""

_PATTERNS: Final = tuple(CATALOGUE.values())
_DIRECTIONS: Final = tuple(kind.direction for kind in CATALOGUE)
_SIGNS: Final = np.array([direction.sign for direction in _DIRECTIONS])
_LATER_BARS: Final = np.array([pattern.candles - 1 for pattern in _PATTERNS])
_NEEDED_DROPS: Final = np.array([pattern.needed_drop for pattern in _PATTERNS])


@dataclass(frozen=True, slots=True)
class Found:
    """Arrays of one length, in the catalogue's order and then by time."""

    kinds: Rows
    """Rows of the catalogue."""
    rows: Rows
    """Where the pattern is complete: bars counted from the first after the look-back."""
    strengths: NDArray[np.uint8]
    """1…100."""


def find(stretch: Candles) -> Found:
    """What is complete at any bar of the stretch but the first `LOOKBACK_BARS`."""
    anatomy = Anatomy.of(stretch)
    kinds, rows = _drawn(anatomy)
    kept = is_unbroken(stretch, kinds, rows) & is_in_place(anatomy, kinds, rows)
    kinds, rows = kinds[kept], rows[kept]
    return Found(kinds, rows, strength(_measures(anatomy, stretch, kinds, rows)))


def _drawn(anatomy: Anatomy) -> tuple[Rows, Rows]:
    """Every shape, whatever came before it: kinds and rows."""
    rows = [
        np.flatnonzero(pattern.is_shaped(anatomy.candles(direction)))
        for pattern, direction in zip(_PATTERNS, _DIRECTIONS, strict=True)
    ]
    kinds = np.repeat(np.arange(len(rows)), [len(found) for found in rows])
    return kinds, np.concatenate(rows)


def is_unbroken(stretch: Candles, kinds: Rows, rows: Rows) -> Mask:
    """Whether the patterns' bars follow one another in time."""
    times, later_bars = stretch.open_time_ms, _LATER_BARS[kinds]
    last = rows + LOOKBACK_BARS
    taken_ms = times[last] - times[last - later_bars]
    unbroken: Mask = taken_ms == later_bars * stretch.timeframe.duration_ms
    return unbroken


def is_in_place(anatomy: Anatomy, kinds: Rows, rows: Rows) -> Mask:
    """Whether the last bar is long enough, and price came from the right side.

    A neutral pattern has no wrong side.
    """
    before = _before(kinds, rows)
    usual = anatomy.past.average_range[before]
    drop = _drop(anatomy, kinds, before)
    ranges = anatomy.candles(Direction.NEUTRAL)[-1].range[rows]
    is_against: Mask = (drop > _NEEDED_DROPS[kinds] * usual) | (_SIGNS[kinds] == 0)
    return is_against & (ranges > LEAST_RANGE * usual)


def _measures(anatomy: Anatomy, stretch: Candles, kinds: Rows, rows: Rows) -> Measures:
    before = _before(kinds, rows)
    usual = anatomy.past.average_range[before]
    return Measures(
        geometry=_geometry(anatomy, kinds, rows),
        drop=_drop(anatomy, kinds, before),
        needed_drop=_NEEDED_DROPS[kinds] * usual,
        average_range=usual,
        volume=stretch.volume[rows + LOOKBACK_BARS],
        average_volume=anatomy.past.average_volume[before],
    )


def _before(kinds: Rows, rows: Rows) -> Rows:
    """Rows of `Past`: those of the patterns' first candles."""
    first_candles: Rows = rows + (LONGEST_PATTERN - 1 - _LATER_BARS[kinds])
    return first_candles


def _drop(anatomy: Anatomy, kinds: Rows, before: Rows) -> Floats:
    """How far price came against the pattern; against a neutral one any way is."""
    signs, drop = _SIGNS[kinds], anatomy.past.drop[before]
    against: Floats = np.where(signs == 0, np.abs(drop), signs * drop)
    return against


def _geometry(anatomy: Anatomy, kinds: Rows, rows: Rows) -> Floats:
    geometry = np.empty(len(rows))
    for kind in np.flatnonzero(np.bincount(kinds)):
        of_kind = slice(*np.searchsorted(kinds, (kind, kind + 1)))
        candles = anatomy.candles(_DIRECTIONS[kind])
        geometry[of_kind] = _PATTERNS[kind].geometry(candles, rows[of_kind])
    return geometry

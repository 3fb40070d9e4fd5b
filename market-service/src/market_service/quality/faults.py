"""What went wrong with the exchange, for the report: counts by name, and which mean a refusal."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from market_service.fault_kind import FaultKind
from market_service.fault_log import FaultLog

REFUSED: Final = frozenset(
    {
        FaultKind.NOT_JSON,
        FaultKind.NOT_AN_OBJECT,
        FaultKind.UNKNOWN_EVENT,
        FaultKind.MISSING_FIELD,
        FaultKind.UNKNOWN_SERIES,
        FaultKind.BAD_TIME,
        FaultKind.BAD_NUMBER,
        FaultKind.BAD_RANGE,
        FaultKind.BAD_FLAG,
        FaultKind.FUTURE_CANDLE,
        FaultKind.REST_BAD_ROW,
    }
)
"""Faults of a frame or a row that was therefore not taken as it came."""


def faults_so_far(log: FaultLog) -> Counter[str]:
    """Since this process began."""
    return Counter({kind.value: tally.count for kind, tally in log.tallies.items()})


def refused_of(faults: Mapping[str, int]) -> int:
    return sum(faults.get(kind.value, 0) for kind in REFUSED)

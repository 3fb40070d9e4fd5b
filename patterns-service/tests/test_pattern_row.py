import pytest

from patterns_service.pattern_row import StoredPattern, detected_pattern, pattern_row
from patterns_service.schemas import DetectedPattern, PatternRow
from service_kit.series import Series
from trading_core.patterns.pattern_type import PatternType
from trading_core.patterns.sightings import PatternSighting
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.H1)
OPENED_AT_MS = 1_722_816_000_000


def stored(kind: PatternType) -> StoredPattern:
    return StoredPattern(PatternSighting(OPENED_AT_MS, kind, 61), 1_722_819_600_001)


@pytest.mark.parametrize("kind", PatternType)
def test_a_row_is_what_the_schema_says(kind: PatternType) -> None:
    row = pattern_row(SERIES, stored(kind))
    assert PatternRow.model_validate(row).model_dump(mode="json", by_alias=True) == row
    assert (row["signal"], row["createdAt"]) == (kind.direction, "2024-08-05T01:00:00.001Z")
    assert row["description"]


@pytest.mark.parametrize("kind", PatternType)
def test_a_detected_pattern_is_what_the_schema_says(kind: PatternType) -> None:
    found = detected_pattern(stored(kind))
    assert DetectedPattern.model_validate(found).model_dump(mode="json", by_alias=True) == found
    assert found.items() <= pattern_row(SERIES, stored(kind)).items()


def test_the_patterns_of_one_bar_have_ids_of_their_own() -> None:
    ids = [pattern_row(SERIES, stored(kind))["id"] for kind in (*PatternType, *PatternType)]
    assert len(set(ids)) == len(PatternType)

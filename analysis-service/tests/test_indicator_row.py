from dataclasses import fields

import pytest

from analysis_service.indicator_row import CONTRACT_NAMES, StoredIndicators, indicator_row
from analysis_service.schemas import IndicatorColumns, IndicatorRow
from service_kit.series import Series
from trading_core.indicators.values import INDICATORS, IndicatorSnapshot
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.H1)
OPENED_AT_MS = 1_722_816_000_000


def row_of(**values: float) -> dict[str, object]:
    cold = dict.fromkeys((f.name for f in fields(IndicatorSnapshot)), None)
    snapshot = IndicatorSnapshot(**{**cold, "opened_at_ms": OPENED_AT_MS, **values})  # type: ignore[arg-type] # by name
    return indicator_row(SERIES, StoredIndicators(snapshot, 1_722_819_600_001))


def test_a_row_is_what_the_schema_says() -> None:
    row = row_of(rsi=54.5)
    assert IndicatorRow.model_validate(row).model_dump(mode="json", by_alias=True) == row
    assert row["createdAt"] == "2024-08-05T01:00:00.001Z"


def test_every_indicator_has_its_name_in_the_contract() -> None:
    assert tuple(CONTRACT_NAMES) == INDICATORS
    columns = {field.alias for field in IndicatorColumns.model_fields.values()}
    assert columns == set(CONTRACT_NAMES.values())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2500.0, "2500"),
        (0.1 + 0.2, "0.30000000000000004"),
        (-1.5e-9, "-0.0000000015"),
        (1e22, "10000000000000000000000"),
        (None, None),
    ],
)
def test_a_value_is_plain_decimal_text(value: float, text: str | None) -> None:
    assert row_of(ema_200=value)["ema200"] == text
    assert text is None or float(text) == value


def test_the_id_is_of_the_natural_key() -> None:
    same = row_of(rsi=1.0)["id"], row_of(rsi=2.0)["id"]
    other = Series(Symbol("ETH", "USDT"), Timeframe.M1)
    snapshot = IndicatorSnapshot(**dict.fromkeys(INDICATORS), opened_at_ms=OPENED_AT_MS)
    assert same[0] == same[1] != indicator_row(other, StoredIndicators(snapshot, 0))["id"]

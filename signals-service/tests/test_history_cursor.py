import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_kit.errors import BadRequestError
from service_kit.query_parameters import LARGEST_TIMESTAMP_MS
from signals_service.history_cursor import HistoryCursor


@given(
    st.integers(0, LARGEST_TIMESTAMP_MS),
    st.text(alphabet="0123456789abcdef", min_size=1, max_size=64),
)
def test_a_cursor_comes_back_as_it_was(timestamp: int, version: str) -> None:
    cursor = HistoryCursor(timestamp, version)
    assert HistoryCursor.decode(cursor.encode()) == cursor


@pytest.mark.parametrize("text", ["", "a", "%%%", "\x00", "ä", "MTIz", "=" * 9])
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(BadRequestError):
        HistoryCursor.decode(text)


@given(st.text(max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    try:
        HistoryCursor.decode(text)
    except BadRequestError as error:
        assert "cursor" in error.message  # noqa: PT017 - either answer is right

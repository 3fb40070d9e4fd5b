import math

from hypothesis import given
from hypothesis import strategies as st

from ml_service.top_contributions import top_contributions

VALUES = st.floats(-10, 10, allow_nan=False)


def test_the_weightiest_come_first_whatever_their_sign() -> None:
    given = {"a": 0.1, "b": -0.9, "c": 0.5, "bias": 0.2}
    assert top_contributions(given) == {"b": -0.9, "c": 0.5, "a": 0.1, "bias": 0.2, "rest": 0.0}
    assert list(top_contributions(given)) == ["b", "c", "a", "bias", "rest"]


@given(st.lists(VALUES, min_size=7, max_size=40), VALUES)
def test_what_is_shown_adds_up_to_the_margin(values: list[float], bias: float) -> None:
    whole = {f"f{number}": value for number, value in enumerate(values)} | {"bias": bias}
    shown = top_contributions(whole)
    assert len(shown) == 8
    assert math.isclose(sum(shown.values()), math.fsum(whole.values()), abs_tol=1e-9)

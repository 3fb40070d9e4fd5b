import pytest

from ml_service.tier import tier


@pytest.mark.parametrize(
    ("probability", "word"),
    [(0.34, "low"), (0.6, "low"), (0.61, "medium"), (0.75, "medium"), (0.76, "high"), (1, "high")],
)
def test_a_boundary_belongs_to_the_lower_tier(probability: float, word: str) -> None:
    assert tier(probability) == word

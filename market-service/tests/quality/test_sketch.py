from hypothesis import given
from hypothesis import strategies as st

from market_service.quality.sketch import ACCURACY, LARGEST_MS, AgeSketch

AGES = st.lists(st.integers(1, LARGEST_MS), min_size=1, max_size=200)
SHARES = st.sampled_from((0.5, 0.95, 0.99, 1.0))


def sketch_of(ages: list[int]) -> AgeSketch:
    sketch = AgeSketch()
    for age_ms in ages:
        sketch.add(age_ms)
    return sketch


def nearest_rank(ages: list[int], share: float) -> int:
    return next(age for age in sorted(ages) if sum(a <= age for a in ages) >= share * len(ages))


@given(AGES, SHARES)
def test_a_percentile_is_true_to_the_accuracy(ages: list[int], share: float) -> None:
    found, exact = sketch_of(ages).percentile(share), nearest_rank(ages, share)
    assert found is not None
    assert abs(found - exact) <= exact * ACCURACY + 0.5


@given(AGES, AGES, SHARES)
def test_merged_sketches_are_the_sketch_of_all(
    some: list[int], others: list[int], share: float
) -> None:
    merged = sketch_of(some)
    merged.merge(sketch_of(others))
    whole = sketch_of(some + others)
    assert merged.percentile(share) == whole.percentile(share)
    assert (merged.count, merged.largest_ms) == (whole.count, whole.largest_ms)


def test_its_size_is_bounded_whatever_comes() -> None:
    sketch = sketch_of([round(1.003**power) for power in range(12_000)])
    assert len(sketch.buckets) <= 507


def test_of_nothing_there_is_no_percentile() -> None:
    assert AgeSketch().percentile(0.5) is None


def test_a_frame_of_this_very_millisecond_is_no_more_than_its_age() -> None:
    assert sketch_of([0, 0]).percentile(0.99) == 0

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from api_gateway.throttle import Throttle


def test_the_first_value_goes_at_once_and_the_next_waits() -> None:
    throttle = Throttle[str, int](0.25)
    assert throttle.offer("eth", 1, now=0.0)
    assert not throttle.offer("eth", 2, now=0.1)
    assert throttle.due(now=0.2) == []
    assert throttle.due(now=0.25) == [("eth", 2)]
    assert throttle.due(now=9.0) == []


def test_the_latest_wins() -> None:
    throttle = Throttle[str, int](0.25)
    for value, now in ((1, 0.0), (2, 0.1), (3, 0.2)):
        throttle.offer("eth", value, now)
    assert throttle.due(now=0.3) == [("eth", 3)]


def test_a_value_that_came_back_to_what_was_sent_is_no_news() -> None:
    throttle = Throttle[str, int](0.25)
    for value, now in ((1, 0.0), (2, 0.1), (1, 0.2)):
        throttle.offer("eth", value, now)
    assert throttle.due(now=1.0) == []


def test_keys_do_not_wait_for_each_other() -> None:
    throttle = Throttle[str, int](0.25)
    assert throttle.offer("eth", 1, now=0.0)
    assert throttle.offer("btc", 1, now=0.1)


def test_an_unchanged_value_is_repeated_after_a_while() -> None:
    throttle = Throttle[str, int](0.25, 5.0)
    throttle.offer("eth", 1, now=0.0)
    assert not throttle.offer("eth", 1, now=4.9)
    assert throttle.due(now=5.0) == [("eth", 1)]
    assert throttle.due(now=9.9) == []
    assert throttle.due(now=10.0) == [("eth", 1)]


def test_what_is_the_same_is_for_the_owner_to_say() -> None:
    throttle = Throttle[str, str](0.25, 5.0, same=lambda one, other: one.lower() == other.lower())
    throttle.offer("eth", "a", now=0.0)
    throttle.offer("eth", "A", now=1.0)
    assert throttle.due(now=4.0) == []
    assert throttle.due(now=5.0) == [("eth", "A")]


def test_what_went_out_past_the_throttle_settles_what_waited() -> None:
    throttle = Throttle[str, int](0.25)
    throttle.settle("btc", 1)
    throttle.offer("eth", 1, now=0.0)
    throttle.offer("eth", 2, now=0.1)
    throttle.settle("eth", 9)
    assert throttle.due(now=1.0) == []
    assert throttle.latest("eth") == 9
    assert throttle.offer("eth", 10, now=1.0)


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(0, 0.2)), min_size=1))
def test_never_more_than_four_a_second_and_the_last_one_arrives(
    steps: list[tuple[int, float]],
) -> None:
    throttle, now, sent = Throttle[str, int](0.25), 0.0, list[tuple[float, int]]()
    for value, wait in steps:
        now += wait
        sent += [(now, found) for _key, found in throttle.due(now)]
        if throttle.offer("eth", value, now):
            sent.append((now, value))
    sent += [(now + 1, found) for _key, found in throttle.due(now + 1)]
    assert all(b[0] - a[0] >= 0.25 for a, b in pairwise(sent))
    assert sent[-1][1] == steps[-1][0]

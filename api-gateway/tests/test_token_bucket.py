from api_gateway.token_bucket import TokenBucket


def test_a_burst_is_allowed_and_then_so_many_a_second() -> None:
    bucket = TokenBucket(per_second=2, burst=3, now=0.0)
    assert [bucket.take(0.0) for _ in range(4)] == [2, 1, 0, -1]
    assert bucket.take(1.0) == 0
    assert bucket.take(100.0) == 2


def test_whoever_goes_on_is_ever_deeper_in_debt() -> None:
    bucket = TokenBucket(per_second=1, burst=1, now=0.0)
    assert [bucket.take(step * 0.5) for step in range(5)] == [0, -0.5, -1, -1.5, -2]

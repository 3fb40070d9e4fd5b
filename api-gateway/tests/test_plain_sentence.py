import pytest

from api_gateway.plain_sentence import UNTOLD, plain_sentence


@pytest.mark.parametrize(
    "said",
    [
        "ok",
        "no answer within 2 s",
        "the database cannot be reached",
        "connecting to the exchange",
        "fetching the history of ETHUSDT 1h",
        "which model serves has not been read yet",
    ],
)
def test_our_own_sentences_are_told(said: str) -> None:
    assert plain_sentence(said) == said


@pytest.mark.parametrize(
    "said",
    [
        "",
        "OSError: [Errno 111] Connect call failed ('127.0.0.1', 5432)",
        "ConnectionError: Error 111 connecting to cache:6379",
        "TimeoutError: ",
        'InvalidPasswordError: password authentication failed for user "eth"',
        "cannot connect to redis://:secret@127.0.0.1:6379/0",
        "clock file /var/eth/clock.json: no such file",
        "stopped: RuntimeError('boom')",
        "connecting to 10.0.0.7",
        "one line\nanother",
        "word " * 40,
    ],
)
def test_what_may_come_from_an_exception_is_not(said: str) -> None:
    assert plain_sentence(said) == UNTOLD

"""What a program's work comes to: its exit code, and a sentence for the person who started it."""

import pytest

from service_kit.clock import ClockFileError
from service_kit.errors import ConflictError, NotFoundError, StoreUnavailableError
from service_kit.program import FAILED, WRONG_QUESTION, print_line, run_program
from service_kit.settings import DatabaseSettings
from trading_core.errors import InvalidSymbolError


@pytest.mark.parametrize("code", [0, FAILED])
def test_work_that_ends_says_its_own_exit_code(code: int) -> None:
    async def work() -> int:
        return code

    assert run_program(work) == code


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (InvalidSymbolError("?"), WRONG_QUESTION, "'?' is not a symbol like ETH/USDT or ETHUSDT"),
        (NotFoundError("there is no such model"), WRONG_QUESTION, "there is no such model"),
        (ConflictError("it runs already"), FAILED, "it runs already"),
        (StoreUnavailableError("the database is away"), FAILED, "the database is away"),
        (ClockFileError("clock file x: gone"), FAILED, "clock file x: gone"),
    ],
)
def test_what_stops_it_is_one_sentence_on_standard_error(
    capsys: pytest.CaptureFixture[str], error: Exception, code: int, sentence: str
) -> None:
    async def work() -> int:
        raise error

    assert run_program(work) == code
    assert capsys.readouterr() == ("", f"{sentence}\n")


def test_a_missing_setting_is_a_wrong_question(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("SECRETS_DIR", raising=False)

    async def work() -> int:
        DatabaseSettings()
        return 0

    assert run_program(work) == WRONG_QUESTION
    assert "DATABASE_URL" in capsys.readouterr().err


def test_a_bug_is_not_made_a_sentence() -> None:
    async def work() -> int:
        raise AssertionError

    with pytest.raises(AssertionError):
        run_program(work)


def test_lines_go_out_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    print_line(b'{"done":1}')
    print_line('{"done":2}')
    assert capsys.readouterr().out == '{"done":1}\n{"done":2}\n'

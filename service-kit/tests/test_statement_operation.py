import pytest

from service_kit.statement_operation import OPERATIONS, operation_of


@pytest.mark.parametrize(
    ("statement", "operation"),
    [
        ("SELECT 1", "select"),
        ("\n    insert INTO candles VALUES ($1)", "insert"),
        ("UPDATE candles SET close = 1", "update"),
        ("DELETE FROM candles", "delete"),
        ("COPY candles FROM STDIN", "copy"),
        ("BEGIN;", "other"),
        ("CREATE TABLE a AS SELECT 1", "other"),
        ("SET statement_timeout = 1", "other"),
        ("-- SELECT\n/* UPDATE */ DELETE FROM candles", "delete"),
        ("(SELECT 1) UNION (SELECT 2)", "other"),
        ("", "other"),
    ],
)
def test_a_statement_is_what_its_first_word_says(statement: str, operation: str) -> None:
    assert operation_of(statement) == operation


@pytest.mark.parametrize(
    ("statement", "operation"),
    [
        ("WITH a AS (SELECT 1) SELECT * FROM a", "select"),
        ("WITH gone AS (DELETE FROM b RETURNING c) INSERT INTO d SELECT c FROM gone", "insert"),
        ("WITH a AS (SELECT ')' AS c), b AS (SELECT 2) UPDATE d SET e = 1", "update"),
    ],
)
def test_after_with_it_is_what_is_done_with_it(statement: str, operation: str) -> None:
    assert operation_of(statement) == operation


def test_every_answer_is_one_of_six() -> None:
    assert {operation_of(word) for word in (*OPERATIONS, "MERGE", "💥", "WITH")} == set(OPERATIONS)

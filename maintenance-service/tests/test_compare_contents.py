from maintenance_service.compare_contents import differences, told
from maintenance_service.manifest import TableContent

KEPT = {"signals": TableContent(rows=2, hash="a"), "candles": TableContent(rows=1_000, hash="b")}


def test_what_is_the_same_differs_in_nothing() -> None:
    assert differences(KEPT, dict(KEPT)) == []


def test_each_table_that_differs_is_named_with_how() -> None:
    found = {"candles": TableContent(rows=999, hash="b"), "new": TableContent(rows=0, hash="0")}
    assert differences(KEPT, found) == [
        "candles has 999 rows, not 1,000",
        "new was not in the backup",
        "signals is missing",
    ]


def test_as_many_rows_can_be_other_rows() -> None:
    changed = KEPT | {"signals": TableContent(rows=2, hash="c")}
    assert differences(KEPT, changed) == ["signals has other rows than it had"]


def test_of_many_tables_a_few_are_named() -> None:
    assert told(["a", "b"]) == "a; b"
    assert told(list("abcdefg")) == "a; b; c; d; e; and 2 more tables"

"""Whether a database holds what a manifest says: pure."""

from collections.abc import Mapping

from maintenance_service.manifest import TableContent

Contents = Mapping[str, TableContent]
NAMED: int = 5


def differences(expected: Contents, found: Contents) -> list[str]:
    """A sentence a table; none where they are equal."""
    return [
        sentence
        for table in sorted(expected.keys() | found.keys())
        if (sentence := _difference(table, expected.get(table), found.get(table)))
    ]


def told(sentences: list[str]) -> str:
    """The first few of them, and how many more there are."""
    further = len(sentences) - NAMED
    return "; ".join(sentences[:NAMED]) + (f"; and {further} more tables" if further > 0 else "")


def _difference(
    table: str, expected: TableContent | None, found: TableContent | None
) -> str | None:
    if expected is None:
        return f"{table} was not in the backup"
    if found is None:
        return f"{table} is missing"
    if expected.rows != found.rows:
        return f"{table} has {found.rows:,} rows, not {expected.rows:,}"
    return None if expected.hash == found.hash else f"{table} has other rows than it had"

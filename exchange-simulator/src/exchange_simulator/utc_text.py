"""Times as people read and write them."""

from datetime import UTC, datetime

from exchange_simulator.errors import StartError


def utc_text(time_ms: int) -> str:
    """`2024-08-04T21:30:00Z`."""
    return datetime.fromtimestamp(time_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_utc(text: str) -> int:
    """Milliseconds of an ISO 8601 time; one without a zone is UTC.

    Raises:
        StartError: not an ISO 8601 time.

    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise StartError(f"{text!r} is not a time like 2024-08-04T21:30Z") from error
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(aware.timestamp() * 1000)

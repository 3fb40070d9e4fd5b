"""What became of each job of the scheduler."""

from typing import Final

from sqlalchemy import BigInteger, Column, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from service_kit.tables.columns import metadata

job_runs: Final = Table(
    "job_runs",
    metadata,
    Column("name", Text, primary_key=True),
    Column("runs", BigInteger, nullable=False),
    Column("failures", BigInteger, nullable=False),
    Column("consecutive_failures", BigInteger, nullable=False),
    Column("misfires", BigInteger, nullable=False),
    Column("last_event_ms", BigInteger, comment="event time at which the last run began"),
    Column("last_wall_ms", BigInteger, comment="the same by the wall"),
    Column("last_duration_ms", BigInteger, comment="on the wall"),
    Column("last_result", JSONB(none_as_null=True), comment="what the sibling answered"),
    Column("last_error", Text, comment="why the last run failed, for people"),
    Column(
        "last_success_ms",
        BigInteger,
        comment="wall time at which a run last ended well; null before the first",
    ),
    comment="how often each job ran, and its last run; only the scheduler writes them",
)

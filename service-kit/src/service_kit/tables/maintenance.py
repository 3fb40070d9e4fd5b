"""Backups that were made, and what was found each day."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from service_kit.tables.columns import metadata

backups: Final = Table(
    "backups",
    metadata,
    Column("started_at_ms", BigInteger, primary_key=True, autoincrement=False, comment="wall time"),
    Column("state", Text, nullable=False),
    Column("ended_at_ms", BigInteger, comment="wall time; null while it runs"),
    Column("path", Text, nullable=False, comment="where the file lies, or was to lie"),
    Column("size_bytes", BigInteger, comment="of the file; null until it is whole"),
    Column("row_count", BigInteger, comment="of all tables together"),
    Column("verified", Text, comment="how it was looked at again; null where it was not"),
    Column("error", Text, comment="why it failed, for people"),
    CheckConstraint("state IN ('running', 'done', 'failed')", name="state_is_known"),
    CheckConstraint("verified IN ('contents', 'listing')", name="verified_is_known"),
    comment="backups of this database; only maintenance-service writes them",
)

health_reports: Final = Table(
    "health_reports",
    metadata,
    Column("made_at_ms", BigInteger, primary_key=True, autoincrement=False, comment="wall time"),
    Column("ok", Boolean, nullable=False, comment="whether there was nothing to complain of"),
    Column("report", JSONB, nullable=False, comment="all that was found; see HealthReport"),
    comment="what an operator wants to know each day; only maintenance-service writes them",
)

"""Backups that were made, and what was found each day."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "backups",
        sa.Column(
            "started_at_ms", sa.BigInteger, autoincrement=False, nullable=False, comment="wall time"
        ),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("ended_at_ms", sa.BigInteger, comment="wall time; null while it runs"),
        sa.Column("path", sa.Text, nullable=False, comment="where the file lies, or was to lie"),
        sa.Column("size_bytes", sa.BigInteger, comment="of the file; null until it is whole"),
        sa.Column("row_count", sa.BigInteger, comment="of all tables together"),
        sa.Column("verified", sa.Text, comment="how it was looked at again; null where it was not"),
        sa.Column("error", sa.Text, comment="why it failed, for people"),
        sa.PrimaryKeyConstraint("started_at_ms", name="pk_backups"),
        sa.CheckConstraint("state IN ('running', 'done', 'failed')", name="state_is_known"),
        sa.CheckConstraint("verified IN ('contents', 'listing')", name="verified_is_known"),
        comment="backups of this database; only maintenance-service writes them",
    )
    op.create_table(
        "health_reports",
        sa.Column(
            "made_at_ms", sa.BigInteger, autoincrement=False, nullable=False, comment="wall time"
        ),
        sa.Column(
            "ok", sa.Boolean, nullable=False, comment="whether there was nothing to complain of"
        ),
        sa.Column(
            "report",
            postgresql.JSONB,
            nullable=False,
            comment="all that was found; see HealthReport",
        ),
        sa.PrimaryKeyConstraint("made_at_ms", name="pk_health_reports"),
        comment="what an operator wants to know each day; only maintenance-service writes them",
    )


def downgrade() -> None:
    for table in ("health_reports", "backups"):
        op.drop_table(table)

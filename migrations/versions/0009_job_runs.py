"""What became of each job, for every scheduler to tell."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job_runs",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("runs", sa.BigInteger, nullable=False),
        sa.Column("failures", sa.BigInteger, nullable=False),
        sa.Column("consecutive_failures", sa.BigInteger, nullable=False),
        sa.Column("misfires", sa.BigInteger, nullable=False),
        sa.Column("last_event_ms", sa.BigInteger, comment="event time at which the last run began"),
        sa.Column("last_wall_ms", sa.BigInteger, comment="the same by the wall"),
        sa.Column("last_duration_ms", sa.BigInteger, comment="on the wall"),
        sa.Column("last_result", postgresql.JSONB, comment="what the sibling answered"),
        sa.Column("last_error", sa.Text, comment="why the last run failed, for people"),
        sa.Column(
            "last_success_ms",
            sa.BigInteger,
            comment="wall time at which a run last ended well; null before the first",
        ),
        sa.PrimaryKeyConstraint("name", name="pk_job_runs"),
        comment="how often each job ran, and its last run; only the scheduler writes them",
    )


def downgrade() -> None:
    op.drop_table("job_runs")

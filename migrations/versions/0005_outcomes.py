"""Find the signals that are still followed, and the outcomes of a timeframe, without a scan."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_signals_followed",
        "signals",
        ["symbol"],
        postgresql_where=sa.text("progress IS NOT NULL"),
    )
    op.create_index(
        "ix_signals_outcomes",
        "signals",
        ["timeframe", "signal_type", "closed_at_ms"],
        postgresql_where=sa.text("outcome IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_signals_outcomes", "signals")
    op.drop_index("ix_signals_followed", "signals")

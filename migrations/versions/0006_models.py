"""Models, which of them serves, their trainings, and what they said of each bar."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TIMEFRAME = postgresql.ENUM(name="timeframe", create_type=False)
STATES = ("waiting", "running", "done", "refused", "failed", "cancelled")


def upgrade() -> None:
    _create_models()
    _create_model_promotions()
    _create_trainings()
    _create_predictions()


def downgrade() -> None:
    for table in ("predictions", "trainings", "model_promotions", "models"):
        op.drop_table(table)


def _series() -> tuple[sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("symbol", sa.Text, nullable=False),
        sa.Column("timeframe", TIMEFRAME, nullable=False),
    )


def _created_at() -> sa.Column[object]:
    return sa.Column(
        "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
    )


def _create_models() -> None:
    op.create_table(
        "models",
        sa.Column("id", sa.Text, nullable=False, comment="also the name of its files"),
        *_series(),
        sa.Column("feature_set", sa.Text, nullable=False),
        sa.Column("trained_at_ms", sa.BigInteger, nullable=False, comment="event time"),
        sa.Column(
            "has_skill", sa.Boolean, nullable=False, comment="whether it passed the skill gate"
        ),
        sa.Column(
            "card",
            postgresql.JSONB,
            nullable=False,
            comment="all there is to know of it; see ModelCard",
        ),
        _created_at(),
        sa.PrimaryKeyConstraint("id", name="pk_models"),
        comment="every model that was ever trained; only ml-service writes them",
    )
    op.create_index("ix_models_series", "models", ["symbol", "timeframe", "trained_at_ms"])


def _create_model_promotions() -> None:
    op.create_table(
        "model_promotions",
        sa.Column("number", sa.BigInteger, sa.Identity(always=True), nullable=False),
        *_series(),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("model_id", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False, comment="why it serves, for people"),
        sa.Column("promoted_at_ms", sa.BigInteger, nullable=False, comment="event time"),
        _created_at(),
        sa.PrimaryKeyConstraint("number", name="pk_model_promotions"),
        sa.CheckConstraint("role IN ('candles', 'indicators')", name="role_is_known"),
        comment="the newest row of a series and role says which model serves; never changed",
    )
    op.create_index(
        "ix_model_promotions_series", "model_promotions", ["symbol", "timeframe", "role", "number"]
    )


def _create_trainings() -> None:
    op.create_table(
        "trainings",
        sa.Column("id", sa.UUID(as_uuid=True), nullable=False),
        *_series(),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False, comment="what it is doing, for people"),
        sa.Column("done", sa.Integer, nullable=False, comment="steps"),
        sa.Column("total", sa.Integer, nullable=False, comment="steps"),
        sa.Column(
            "asked",
            postgresql.JSONB,
            nullable=False,
            comment="what was asked for; see TrainingRequest",
        ),
        sa.Column("result", postgresql.JSONB, comment="what came of it; null until it has ended"),
        sa.Column("cancel_asked", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("asked_at_ms", sa.BigInteger, nullable=False, comment="wall time"),
        sa.Column(
            "seen_at_ms",
            sa.BigInteger,
            nullable=False,
            comment="wall time of its last sign of life",
        ),
        sa.Column("ended_at_ms", sa.BigInteger, comment="wall time"),
        sa.PrimaryKeyConstraint("id", name="pk_trainings"),
        sa.CheckConstraint(f"state IN ({', '.join(map(repr, STATES))})", name="state_is_known"),
        comment="trainings, running and ended; only ml-service writes them",
    )
    op.create_index("ix_trainings_series", "trainings", ["symbol", "timeframe", "asked_at_ms"])


def _create_predictions() -> None:
    op.create_table(
        "predictions",
        *_series(),
        sa.Column("timestamp", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("model_id", sa.Text, nullable=False),
        *(sa.Column(name, sa.Double, nullable=False) for name in ("p_down", "p_neutral", "p_up")),
        sa.Column("abstained", sa.Boolean, nullable=False),
        sa.Column(
            "features",
            postgresql.ARRAY(sa.Double),
            nullable=False,
            comment="in the order of the model's card",
        ),
        sa.Column("predicted_at_ms", sa.BigInteger, nullable=False, comment="event time"),
        sa.Column(
            "horizon_ms",
            sa.BigInteger,
            nullable=False,
            comment="close of the bar that decides it",
        ),
        sa.Column("outcome", sa.SmallInteger, comment="class that came: 0 down, 1 neutral, 2 up"),
        sa.Column("unscorable", sa.Text, comment="why no outcome will ever be known; else null"),
        _created_at(),
        sa.PrimaryKeyConstraint(
            "symbol", "timeframe", "timestamp", "model_id", name="pk_predictions"
        ),
        sa.CheckConstraint("outcome BETWEEN 0 AND 2", name="outcome_is_a_class"),
        comment="forecasts made before their outcome was known; only ml-service writes them",
    )
    op.create_index(
        "ix_predictions_open",
        "predictions",
        ["symbol", "timeframe", "horizon_ms"],
        postgresql_where=sa.text("outcome IS NULL AND unscorable IS NULL"),
    )

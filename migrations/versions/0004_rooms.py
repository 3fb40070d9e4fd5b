"""The log of what rooms must not miss, and the one function that appends to it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


# The head's row lock is held until the writer commits: whoever comes next waits for it, so a
# higher number is never seen before a lower one.
APPEND = """
    CREATE FUNCTION append_room_event(room_name text, event_name text, body text) RETURNS bigint
    LANGUAGE sql AS $$
        WITH head AS (
            INSERT INTO room_heads AS heads (room, seq) VALUES (room_name, 1)
            ON CONFLICT (room) DO UPDATE SET seq = heads.seq + 1
            RETURNING seq
        )
        INSERT INTO room_events (room, seq, event, payload)
        SELECT room_name, seq, event_name, body FROM head
        RETURNING seq
    $$
"""


def upgrade() -> None:
    _create_room_log()
    _create_room_heads()
    _create_room_events()
    op.execute("INSERT INTO room_log DEFAULT VALUES")
    op.execute(APPEND)


def downgrade() -> None:
    op.execute("DROP FUNCTION append_room_event")
    op.drop_table("room_events")
    op.drop_table("room_heads")
    op.drop_table("room_log")


def _create_room_log() -> None:
    op.create_table(
        "room_log",
        sa.Column("id", sa.Integer, server_default=sa.text("1"), nullable=False),
        sa.Column("epoch", sa.Uuid, server_default=sa.func.gen_random_uuid(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_room_log_one_row")),
        sa.PrimaryKeyConstraint("id", name="pk_room_log"),
        comment="the life of this log: another epoch means that sequence numbers began anew",
    )


def _create_room_heads() -> None:
    op.create_table(
        "room_heads",
        sa.Column("room", sa.Text, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False, comment="of the newest event"),
        sa.PrimaryKeyConstraint("room", name="pk_room_heads"),
        comment="its row lock orders a room's writers, so that numbers appear in order",
    )


def _create_room_events() -> None:
    op.create_table(
        "room_events",
        sa.Column("room", sa.Text, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column(
            "payload", sa.Text, nullable=False, comment="JSON as it is sent, without epoch and seq"
        ),
        sa.Column(
            "appended_at",
            sa.DateTime(timezone=True),
            server_default=sa.func.clock_timestamp(),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("room", "seq", name="pk_room_events"),
        comment="what was said to each room, kept for a while",
    )
    op.create_index("ix_room_events_appended_at", "room_events", ["appended_at"])

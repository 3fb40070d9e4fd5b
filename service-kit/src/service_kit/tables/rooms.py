"""The log of what rooms must not miss: appended in the writer's own transaction."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Integer,
    Table,
    Text,
    Uuid,
    func,
    text,
)

from service_kit.tables.columns import metadata

room_log: Final = Table(
    "room_log",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False, server_default=text("1")),
    Column("epoch", Uuid, nullable=False, server_default=func.gen_random_uuid()),
    CheckConstraint("id = 1", name="one_row"),
    comment="the life of this log: another epoch means that sequence numbers began anew",
)

room_heads: Final = Table(
    "room_heads",
    metadata,
    Column("room", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False, comment="of the newest event"),
    comment="its row lock orders a room's writers, so that numbers appear in order",
)

room_events: Final = Table(
    "room_events",
    metadata,
    Column("room", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("event", Text, nullable=False),
    Column("payload", Text, nullable=False, comment="JSON as it is sent, without epoch and seq"),
    Column(
        "appended_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.clock_timestamp(),
        index=True,
    ),
    comment="what was said to each room, kept for a while",
)

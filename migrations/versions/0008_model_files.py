"""What each model is made of: its trees, its card and its report, byte for byte."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_files",
        sa.Column("model_id", sa.Text, nullable=False),
        sa.Column("suffix", sa.Text, nullable=False, comment="of the file's name"),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False, comment="hex, of the content as stored"),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.func.now(),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("model_id", "suffix", name="pk_model_files"),
        sa.ForeignKeyConstraint(["model_id"], ["models.id"], name="fk_model_files_model_id_models"),
        comment="the files of every model; only ml-service writes them",
    )


def downgrade() -> None:
    op.drop_table("model_files")

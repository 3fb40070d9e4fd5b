"""`python k8s/make_dev_secrets.py`: throwaway secrets for the dev overlay, which git never sees.

Passwords that are there stay, since the database on its volume knows them.
"""

import os
import secrets
import sys
from pathlib import Path

FOLDER = Path(__file__).parent / "overlays/dev/secrets"


def make_secrets(folder: Path) -> None:
    """A file each, readable by its owner alone."""
    folder.mkdir(mode=0o700, exist_ok=True)
    postgres, redis = (_keep(folder / f"{name}_password") for name in ("postgres", "redis"))
    _keep(folder / "admin_token")
    _write(
        folder / "database_url", f"postgresql+asyncpg://platform:{postgres}@postgres:5432/platform"
    )
    _write(folder / "redis_url", f"redis://:{redis}@redis:6379/0")


def _keep(path: Path) -> str:
    if not path.exists():
        _write(path, secrets.token_urlsafe(32))
    return path.read_text()


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)


if __name__ == "__main__":
    make_secrets(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)

"""The talking service as a process, with the settings that a test is about."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from service_process import ServiceProcess, running_service

PASSWORD: Final = "hush-hush-4711"
DATABASE_URL: Final = f"postgresql+asyncpg://eth:{PASSWORD}@127.0.0.1/eth"
TOKEN: Final = "operators-only-0815"


@contextmanager
def talking_process(settings: Mapping[str, str], folder: Path) -> Iterator[ServiceProcess]:
    usual = {
        "PYTHONPATH": str(Path(__file__).parent),
        "DATABASE_URL": DATABASE_URL,
        "ADMIN_TOKEN": TOKEN,
    }
    with running_service("talking_service", {**usual, **settings}, folder) as process:
        yield process

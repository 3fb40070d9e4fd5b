"""`python -m talking_service`: a service as all of ours are, that says and does what it is told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from service_kit.logging import get_logger
from service_kit.service import create_service, run_service
from service_kit.settings import DatabaseSettings, Port, ServiceSettings

log = get_logger(__name__)


class TalkingSettings(ServiceSettings, DatabaseSettings):
    port: Port = 9000


def build_app(settings: TalkingSettings) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        log.info("last_words")

    app = create_service("talking-service", lifespan=lifespan)

    @app.post("/fail/{who}")
    async def fail(who: str) -> None:
        password = settings.database_url.get_secret_value()
        raise RuntimeError(f"{who} cannot connect to {password}")

    @app.post("/say/{number}")
    async def say(number: int) -> None:
        log.info("said", number=number, url=settings.database_url.get_secret_value())

    return app


if __name__ == "__main__":
    run_service("talking-service", TalkingSettings, build_app)

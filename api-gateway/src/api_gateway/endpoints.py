"""What the gateway answers itself: health, the platform's status and its document, pruning."""

import time
from typing import Final, Literal

import orjson
from fastapi import FastAPI, Response
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.routing import Route

from api_gateway.forward_requests import METHODS
from api_gateway.openapi_document import merge_documents
from api_gateway.openapi_token import with_token
from api_gateway.platform_status import PlatformStatus
from api_gateway.settings import GatewaySettings
from api_gateway.sibling_documents import SiblingDocuments
from api_gateway.status_board import StatusBoard
from service_kit.clock import Clock
from service_kit.database import Database
from service_kit.envelope import Envelope, success
from service_kit.errors import error_response
from service_kit.room_event_store import prune_room_events

STATUS_PATH: Final = "/api/status"


class Health(BaseModel):
    status: Literal["ok"]
    timestamp: int = Field(description="event time, milliseconds UTC")
    uptime: float = Field(description="wall seconds since the gateway started")


def add_health(app: FastAPI, clock: Clock) -> None:
    """`GET /health` stands alone: it looks at no other system and has no envelope."""
    started = time.monotonic()

    @app.get("/health", response_model=Health, operation_id="health", tags=["gateway"])
    async def health() -> Response:
        body = {
            "status": "ok",
            "timestamp": clock.now_ms(),
            "uptime": round(time.monotonic() - started, 3),
        }
        return Response(orjson.dumps(body), media_type="application/json")


def add_status(app: FastAPI, board: StatusBoard) -> None:
    """`GET /api/status`; what is away is said in it, so it is a 200 whoever is."""

    @app.get(
        STATUS_PATH,
        response_model=Envelope[PlatformStatus],
        operation_id="platformStatus",
        tags=["gateway"],
    )
    async def status() -> Response:
        """How each part of the platform is: the feed, services, series, models and jobs."""
        return success(await board.read())

    @app.api_route(
        STATUS_PATH, methods=[one for one in METHODS if one != "GET"], include_in_schema=False
    )
    async def other_method() -> Response:
        """Said here, since every other path below /api is passed on, or there is no such route."""
        return error_response(405, "the status is read with GET", headers={"Allow": "GET"})


def add_merged_document(
    app: FastAPI, siblings: SiblingDocuments, settings: GatewaySettings
) -> None:
    """`GET /openapi.json`, in front of FastAPI's own route of that path."""

    async def openapi_document(_request: Request) -> Response:
        merged = merge_documents(app.openapi(), await siblings.current())
        told = with_token(merged) if settings.require_admin_token else merged
        return Response(orjson.dumps(told), media_type="application/json")

    app.router.routes.insert(0, Route("/openapi.json", openapi_document))


def add_pruning(app: FastAPI, database: Database, settings: GatewaySettings) -> None:
    """`POST /room-events/prune`, for the scheduler; it is not in the document."""

    @app.post("/room-events/prune", include_in_schema=False)
    async def prune() -> Response:
        pruned = await prune_room_events(
            database, settings.room_events_keep_seconds, settings.room_events_keep_newest
        )
        return success({"pruned": pruned})

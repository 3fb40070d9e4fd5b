"""What the gateway answers itself: its health, and the document of the whole platform."""

import time
from typing import Literal

import orjson
from fastapi import FastAPI, Response
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.routing import Route

from api_gateway.openapi_document import merge_documents
from api_gateway.sibling_documents import SiblingDocuments
from service_kit.clock import Clock


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


def add_merged_document(app: FastAPI, siblings: SiblingDocuments) -> None:
    """`GET /openapi.json`, in front of FastAPI's own route of that path."""

    async def openapi_document(_request: Request) -> Response:
        merged = merge_documents(app.openapi(), await siblings.current())
        return Response(orjson.dumps(merged), media_type="application/json")

    app.router.routes.insert(0, Route("/openapi.json", openapi_document))

"""`/control/faults`: arm a script, see what it did, disarm it. Loopback only."""

import orjson
from fastapi import APIRouter, Depends, Request, Response

from exchange_simulator.control_endpoints import refuse_strangers
from exchange_simulator.faults.fault_desk import FaultDesk
from exchange_simulator.faults.fault_report import fault_report
from exchange_simulator.faults.script import ScriptError, parse_script
from exchange_simulator.market import Market
from service_kit.errors import BadRequestError

LARGEST_SCRIPT_BYTES = 1_000_000


def fault_router(desk: FaultDesk, market: Market) -> APIRouter:
    """`market` is the one under all corrections."""
    router = APIRouter(
        prefix="/control/faults", tags=["Control"], dependencies=[Depends(refuse_strangers)]
    )

    @router.get("")
    async def report() -> Response:
        return _told(desk, market)

    @router.post("")
    async def arm(request: Request) -> Response:
        """Raises: BadRequestError, ConflictError."""
        try:
            desk.arm(parse_script(await _body(request)))
        except ScriptError as error:
            raise BadRequestError(str(error)) from error
        return _told(desk, market)

    @router.delete("")
    async def disarm() -> Response:
        desk.disarm()
        return _told(desk, market)

    return router


async def _body(request: Request) -> bytes:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_SCRIPT_BYTES:
            raise BadRequestError(f"a fault script has at most {LARGEST_SCRIPT_BYTES} bytes")
    return body


def _told(desk: FaultDesk, market: Market) -> Response:
    return Response(orjson.dumps(fault_report(desk, market)), media_type="application/json")

"""A gateway whose siblings are all away, and which must not stumble over anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eth_cli.free_port import free_port
from service_process import ServiceProcess, running_service

SIBLINGS = ("MARKET", "ANALYSIS", "SIGNALS")


@contextmanager
def gateway_alone(
    database_url: str, redis_url: str, folder: Path, **settings: str
) -> Iterator[ServiceProcess]:
    """It watches ETH/USDT unless told. At the end, it must not have logged an exception."""
    nowhere = f"http://127.0.0.1:{free_port()}"
    usual = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "SYMBOLS": "ETH/USDT",
        **{f"{name}_SERVICE_URL": nowhere for name in SIBLINGS},
    }
    with running_service("api_gateway", {**usual, **settings}, folder) as service:
        yield service
    log = service.log.read_text()
    assert "Traceback" not in log
    assert '"exception"' not in log

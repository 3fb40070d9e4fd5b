"""`start.sh`, with which a container becomes Nginx: run here, with what a container tells it."""

import asyncio
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from aiohttp import web

from eth_cli.account import own, server_account
from eth_cli.free_port import free_port
from eth_cli.nginx_server import TEMPLATE
from eth_cli.server_binaries import nginx_program
from eth_cli.temporary_servers import temporary_folder
from running_nginx import logged_access
from stub_sibling import stub_sibling

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(shutil.which("envsubst") is None, reason="envsubst is not installed"),
]

START_SECONDS = 30
ACCOUNT = server_account()


@contextmanager
def started(folder: Path, **settings: str) -> Iterator[tuple[str, Path]]:
    """Its URL, and its standard output and error. It is nobody's who may write nothing else."""
    port, log, state = free_port(), folder / "log", folder / "state"
    for made in (state, folder / "site"):
        made.mkdir(exist_ok=True)
    own(state, ACCOUNT)
    (folder / "site" / "index.html").write_text("<h1>page</h1>")
    log.touch()
    own(log, ACCOUNT)
    environment = {
        "PATH": f"{nginx_program(ACCOUNT).parent}:{os.environ['PATH']}",
        "NGINX_TEMPLATE": str(_readable(folder)),
        "NGINX_LISTEN": f"127.0.0.1:{port}",
        "NGINX_ROOT": str(folder / "site"),
        "NGINX_STATE": str(state),
        **settings,
    }
    with log.open("ab") as output:
        process = subprocess.Popen(
            ["sh", str(folder / "start.sh")],
            env=environment,
            cwd="/",
            stdout=output,
            stderr=output,
            user=ACCOUNT.uid if ACCOUNT else None,
            group=ACCOUNT.gid if ACCOUNT else None,
            extra_groups=[] if ACCOUNT else None,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_there(url, process, log)
        yield url, log
    finally:
        process.terminate()
        process.wait(15)


def _readable(folder: Path) -> Path:
    """Where an account that may not enter the repository can read them, as in an image."""
    for file in (TEMPLATE, TEMPLATE.with_name("start.sh")):
        shutil.copy(file, folder)
    return folder / TEMPLATE.name


def _wait_until_there(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(f"{url}/nginx-health").raise_for_status()
        except httpx.TransportError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError(log.read_text())


def test_a_container_needs_to_be_told_nothing() -> None:
    with temporary_folder() as folder, started(folder) as (url, log):
        assert httpx.get(f"{url}/signals/any").text == "<h1>page</h1>"
        away = httpx.get(f"{url}/api/status", headers={"X-Request-ID": "container-01"})
        assert (away.status_code, away.json()["success"]) == (502, False)
        assert logged_access(log, "container-01")["status"] == 502
        written = {path.name for path in folder.iterdir()}
        assert written == {"log", "site", "start.sh", "state", TEMPLATE.name}


def test_lists_are_told_with_commas_or_spaces() -> None:
    with (
        temporary_folder() as folder,
        started(
            folder,
            NGINX_HOSTS="eth.example, www.eth.example",
            NGINX_TRUSTED_PROXIES="10.0.0.0/8 127.0.0.0/8,fd00::/8",
            NGINX_RESOLVER="127.0.0.1 valid=30s",
        ) as (url, log),
    ):
        assert httpx.get(url).status_code == 400
        client = {"X-Forwarded-For": "203.0.113.9, 10.1.2.3", "X-Request-ID": "container-02"}
        assert httpx.get(url, headers={"Host": "www.eth.example:8443", **client}).is_success
        assert logged_access(log, "container-02")["client"] == "203.0.113.9"


def test_limits_are_told_by_name() -> None:
    limits = {"NGINX_REQUESTS_PER_SECOND": "1", "NGINX_REQUEST_BURST": "1"}
    with (
        temporary_folder() as folder,
        started(folder, **limits) as (url, _log),
        httpx.Client(base_url=url) as client,
    ):
        asked = [client.get("/api/status").status_code for _ in range(50)]
        assert asked[0] == 502
        assert 429 in asked


def test_what_nginx_cannot_take_ends_it_with_a_sentence() -> None:
    with (
        temporary_folder() as folder,
        pytest.raises(AssertionError, match="nonsense"),
        started(folder, NGINX_TRUSTED_PROXIES="nonsense/99"),
    ):
        pass


async def test_a_request_under_way_is_answered_when_the_container_is_asked_to_go() -> None:
    held, released = asyncio.Event(), asyncio.Event()

    async def hold(_request: web.Request) -> web.Response:
        held.set()
        await released.wait()
        return web.Response(text="whole")

    async with stub_sibling() as gateway, httpx.AsyncClient() as client:
        gateway.answers["/api/status"] = hold
        address = gateway.url.removeprefix("http://")
        with temporary_folder() as folder, started(folder, GATEWAY=address) as (url, _log):
            asked = asyncio.create_task(client.get(f"{url}/api/status"))
            await held.wait()
            os.kill(int((folder / "state" / "nginx.pid").read_text()), signal.SIGQUIT)
            async with asyncio.timeout(START_SECONDS):
                while await _takes_newcomers(url):
                    pass
            released.set()
            assert (await asked).text == "whole"


async def _takes_newcomers(url: str) -> bool:
    async with httpx.AsyncClient() as newcomer:
        try:
            await newcomer.get(f"{url}/nginx-health")
        except httpx.TransportError:
            return False
        return True

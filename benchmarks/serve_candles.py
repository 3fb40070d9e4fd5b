"""500 candles over HTTP, beside the same bytes served from memory by a bare ASGI app.

Start a stack first (`./eth up --detach`), then: `.venv/bin/python benchmarks/serve_candles.py`.
"""

import argparse
import asyncio
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from eth_cli.free_port import free_port, is_free
from eth_cli.ports import Ports
from http_load import LoadResult, measure_load

FLOOR = """
import sys, pathlib, uvicorn
BODY = pathlib.Path(sys.argv[1]).read_bytes()
HEADERS = [(b"content-type", b"application/json"), (b"content-length", str(len(BODY)).encode())]
async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": BODY})
uvicorn.run(app, port=int(sys.argv[2]), lifespan="off", log_config=None, access_log=False)
"""
QUERY = "/api/market/candles?symbol=ETH/USDT&timeframe=1h&limit=500"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=3000, help="the stack's public port")
    parser.add_argument("--requests", type=int, default=4000)
    parser.add_argument("--connections", type=int, default=4)
    asyncio.run(_run(parser.parse_args()))


async def _run(options: argparse.Namespace) -> None:
    ports = Ports.shifted_to(options.port)
    urls = {
        "market-service": f"http://127.0.0.1:{ports['market']}{QUERY}",
        "through the gateway": f"http://127.0.0.1:{ports['gateway']}{QUERY}",
        "through Nginx and gateway": f"http://127.0.0.1:{ports['dashboard']}{QUERY}",
    }
    body = urllib.request.urlopen(urls["market-service"]).read()  # noqa: S310, ASYNC210 - ours
    with tempfile.TemporaryDirectory() as folder:
        path, port = Path(folder) / "body.json", free_port()
        path.write_bytes(body)
        floor = subprocess.Popen([sys.executable, "-c", FLOOR, str(path), str(port)])  # noqa: ASYNC220
        try:
            while is_free(port):  # noqa: ASYNC110 - another process starts
                await asyncio.sleep(0.05)
            urls = {"the same bytes from memory": f"http://127.0.0.1:{port}/", **urls}
            _print_table({name: await _measure(url, options) for name, url in urls.items()})
        finally:
            floor.kill()


async def _measure(url: str, options: argparse.Namespace) -> LoadResult:
    await measure_load(url, requests=200, connections=options.connections)
    return await measure_load(url, requests=options.requests, connections=options.connections)


def _print_table(results: dict[str, LoadResult]) -> None:
    floor = next(iter(results.values())).requests_per_second
    print(f"{'':28}{'requests/s':>12}{'of floor':>10}{'p50 ms':>9}{'p99 ms':>9}{'bytes':>9}")
    for name, found in results.items():
        ratio = found.requests_per_second / floor
        print(
            f"{name:28}{found.requests_per_second:12.0f}{ratio:10.2f}"
            f"{found.p50_ms:9.2f}{found.p99_ms:9.2f}{found.body_bytes:9d}"
        )


if __name__ == "__main__":
    main()

"""A keep-alive HTTP/1.1 load from one process: a few connections, one request after the other."""

import asyncio
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np


@dataclass(frozen=True, slots=True)
class LoadResult:
    requests_per_second: float
    p50_ms: float
    p99_ms: float
    body_bytes: int


async def measure_load(url: str, *, requests: int, connections: int) -> LoadResult:
    """Raises RuntimeError when an answer is not 200."""
    started = time.perf_counter()
    shares = [requests // connections] * connections
    found = await asyncio.gather(*(_one_connection(url, share) for share in shares))
    elapsed = time.perf_counter() - started
    times = np.concatenate([times for times, _ in found]) * 1000
    p50, p99 = np.percentile(times, [50, 99])
    return LoadResult(len(times) / elapsed, float(p50), float(p99), found[0][1])


async def _one_connection(url: str, requests: int) -> tuple[np.ndarray, int]:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    request = f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    times, size = np.empty(requests), 0
    for number in range(requests):
        started = time.perf_counter()
        writer.write(request)
        size = await _read_answer(reader)
        times[number] = time.perf_counter() - started
    writer.close()
    return times, size


async def _read_answer(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if b" 200 " not in head[:20]:
        raise RuntimeError(head.decode(errors="replace"))
    length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
    await reader.readexactly(length)
    return length

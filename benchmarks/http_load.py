"""A keep-alive HTTP/1.1 load from one process: a few connections, one request after the other."""

import asyncio
import time
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

import numpy as np


@dataclass(frozen=True, slots=True)
class LoadResult:
    requests_per_second: float
    p50_ms: float
    p99_ms: float
    body_bytes: int


@dataclass(frozen=True, slots=True)
class Question:
    """To be asked again and again over one connection."""

    url: str
    json: bytes | None = None
    """What is posted; None asks by GET."""

    def as_bytes(self) -> bytes:
        parts = urlsplit(self.url)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        method = "GET" if self.json is None else "POST"
        head = f"{method} {target} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        if self.json is not None:
            head += f"Content-Type: application/json\r\nContent-Length: {len(self.json)}\r\n"
        return head.encode() + b"\r\n" + (self.json or b"")


class Connection:
    def __init__(
        self, question: Question, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._request = question.as_bytes()
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, question: Question) -> Self:
        parts = urlsplit(question.url)
        return cls(question, *await asyncio.open_connection(parts.hostname, parts.port))

    async def ask(self) -> tuple[float, int]:
        """Seconds until the answer was there, and its bytes. Raises RuntimeError unless 200."""
        started = time.perf_counter()
        self._writer.write(self._request)
        size = await _read_answer(self._reader)
        return time.perf_counter() - started, size

    def close(self) -> None:
        self._writer.close()


async def measure_load(
    url: str, *, requests: int, connections: int, json: bytes | None = None
) -> LoadResult:
    """Raises RuntimeError when an answer is not 200."""
    started = time.perf_counter()
    share, question = requests // connections, Question(url, json)
    found = await asyncio.gather(*(_one_connection(question, share) for _ in range(connections)))
    elapsed = time.perf_counter() - started
    times = np.concatenate([times for times, _ in found]) * 1000
    p50, p99 = np.percentile(times, [50, 99])
    return LoadResult(len(times) / elapsed, float(p50), float(p99), found[0][1])


async def _one_connection(question: Question, requests: int) -> tuple[np.ndarray, int]:
    connection = await Connection.open(question)
    times, size = np.empty(requests), 0
    for number in range(requests):
        times[number], size = await connection.ask()
    connection.close()
    return times, size


async def _read_answer(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if b" 200 " not in head[:20]:
        raise RuntimeError(head.decode(errors="replace"))
    length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
    await reader.readexactly(length)
    return length

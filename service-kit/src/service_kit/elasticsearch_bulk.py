"""Lines into Elasticsearch's `_bulk`: each is created once, however often it is sent."""

import http.client
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import orjson

TIMEOUT_SECONDS: Final = 5.0
_TRY_AGAIN: Final = frozenset({408, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Line:
    id: str
    """By it Elasticsearch knows a line that it already has."""
    document: bytes
    """JSON."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of some lines; those that are in neither list were taken."""

    again: Sequence[Line] = ()
    refused: int = 0
    reason: str = ""


class ElasticsearchBulk:
    """One kept-alive connection; for one thread."""

    def __init__(self, url: str, data_stream: str) -> None:
        parts = urlsplit(url)
        kind = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
        self._connection = kind[parts.scheme](
            parts.hostname or "", parts.port, timeout=TIMEOUT_SECONDS
        )
        self._path = f"{parts.path.rstrip('/')}/{data_stream}/_bulk"
        self._headers = {"Content-Type": "application/x-ndjson"}
        if parts.username is not None:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            self._headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"

    def send(self, lines: Sequence[Line]) -> Sent:
        body = b"".join(
            b'{"create":{"_id":"%s"}}\n%s\n' % (line.id.encode(), line.document) for line in lines
        )
        try:
            return read_answer(*self._post(body), lines)
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            return Sent(again=lines, reason=f"{type(error).__name__}: {error}"[:200])

    def _post(self, body: bytes) -> tuple[int, bytes]:
        try:
            return self._post_once(body)
        except (ConnectionResetError, BrokenPipeError):  # it had been idle for long
            self._connection.close()
            return self._post_once(body)

    def _post_once(self, body: bytes) -> tuple[int, bytes]:
        self._connection.request("POST", self._path, body, self._headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def close(self) -> None:
        self._connection.close()


def read_answer(status: int, body: bytes, lines: Sequence[Line]) -> Sent:
    if status in _TRY_AGAIN:
        return Sent(again=lines, reason=f"it answered {status}")
    if status != HTTPStatus.OK:
        return Sent(refused=len(lines), reason=f"it answered {status}")
    try:
        answer: dict[str, Any] = orjson.loads(body)  # Any: Elasticsearch's own JSON
        results = [item["create"] for item in answer["items"]] if answer["errors"] else []
        statuses = [int(result["status"]) for result in results]
        reason = next((str(result["error"])[:200] for result in results if "error" in result), "")
    except (ValueError, TypeError, LookupError):
        return Sent(again=lines, reason="it answered unreadably")
    again = [line for line, one in zip(lines, statuses, strict=False) if one in _TRY_AGAIN]
    refused = [one for one in statuses if one >= HTTPStatus.BAD_REQUEST and one not in _TRY_AGAIN]
    known = refused.count(HTTPStatus.CONFLICT)
    """Sent twice, and there already."""
    return Sent(again, len(refused) - known, reason if again or len(refused) > known else "")

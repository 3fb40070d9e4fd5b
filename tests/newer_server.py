"""The answers of a server of years to come: fields and words that the page never heard of."""

import json
from typing import Any

from playwright.sync_api import BrowserContext, Route, WebSocketRoute

from socket_frames import EVENT

WORD = "unheard_of"
FURTHER = {"unheardOf": {"words": [WORD, None, 7]}}
OPEN_WORDS = {
    *("state", "kind", "status", "verdict", "reason", "abstains_for", "lastState", "origin"),
    *("signalType", "side", "family", "patternType", "signal", "direction", "extent", "confidence"),
}
"""The fields whose values are one of a few words, to which a later version may add."""

Answer = Any  # JSON of any route


def bring_newer_server(context: BrowserContext) -> None:
    """From now on, every answer and every event that a page of this context gets is altered."""
    context.route("**/api/**", _answer)
    context.route_web_socket("**/socket.io/**", _pass_on)


def _answer(route: Route) -> None:
    answer = route.fetch()
    if "json" in answer.headers.get("content-type", ""):
        route.fulfill(response=answer, json=newer(answer.json()))
    else:
        route.fulfill(response=answer)


def _pass_on(page: WebSocketRoute) -> None:
    server = page.connect_to_server()
    server.on_message(lambda frame: page.send(_newer_frame(frame)))


def _newer_frame(frame: str | bytes) -> str | bytes:
    """Events are altered; what keeps the socket open, and acknowledgements, are not."""
    if not isinstance(frame, str) or not frame.startswith(f"{EVENT}["):
        return frame
    name, *arguments = json.loads(frame.removeprefix(EVENT))
    return EVENT + json.dumps([name, *map(newer, arguments)])


def newer(value: Answer, name: str = "") -> Answer:
    if isinstance(value, dict):
        return {key: newer(one, key) for key, one in value.items()} | FURTHER
    if isinstance(value, list):
        return [newer(one, name) for one in value]
    return WORD if isinstance(value, str) and name in OPEN_WORDS else value

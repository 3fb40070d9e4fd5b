"""One line of the log as a document of the Elastic Common Schema; pure.

Fields of ours go under `labels`, where everything is text, and `numeric_labels`, so that no two
services can disagree about the type of a field, for which Elasticsearch would refuse a line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

LONGEST_TEXT: Final = 1_024
"""Of a label; longer ones would not be searched."""
LONGEST_TRACE: Final = 16_384
ECS_VERSION: Final = "8.11"
_FIELDS: Final = {
    "timestamp": "@timestamp",
    "level": "log.level",
    "logger": "log.logger",
    "trace_id": "trace.id",
    "span_id": "span.id",
    "request_id": "http.request.id",
}
_ELSEWHERE: Final = frozenset({"event", "exception", "stack", "service", *_FIELDS})


@dataclass(frozen=True, slots=True)
class Source:
    """Whose log it is."""

    service: str
    version: str
    deployment: str

    @property
    def data_stream(self) -> str:
        """`logs-<dataset>-<namespace>`: neither of them may have a hyphen."""
        return f"logs-eth.{self.service.replace('-', '_')}-default"


def ecs_document(
    event: Mapping[str, Any],  # Any: whatever was logged
    source: Source,
) -> dict[str, Any]:
    named = {name: str(event[ours]) for ours, name in _FIELDS.items() if ours in event}
    rest = {name: event[name] for name in event.keys() - _ELSEWHERE if event[name] is not None}
    numbers = {name: one for name, one in rest.items() if _is_number(one)}
    texts = {name: str(rest[name])[:LONGEST_TEXT] for name in rest.keys() - numbers.keys()}
    document = {
        **named,
        "message": str(event.get("event", ""))[:LONGEST_TRACE],
        "ecs.version": ECS_VERSION,
        "service.name": source.service,
        "service.version": source.version,
        "service.environment": source.deployment,
    }
    if trace := event.get("exception") or event.get("stack"):
        document["error.stack_trace"] = str(trace)[-LONGEST_TRACE:]
    return document | ({"labels": texts} if texts else {}) | _numbers(numbers)


def _numbers(numbers: Mapping[str, float]) -> dict[str, Any]:
    return {"numeric_labels": dict(numbers)} if numbers else {}


def _is_number(value: object) -> bool:
    """NaN and infinity are none: JSON has no word for them."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < float(2**63)

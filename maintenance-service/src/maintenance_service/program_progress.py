"""How far a program is, as JSON lines for whoever started it."""

import orjson

from service_kit.program import print_line


def print_progress(stage: str, done: int, total: int) -> None:
    """`total` 0: nobody knows."""
    print_event("progress", stage=stage, done=done, total=total)


def print_event(event: str, **fields: object) -> None:
    print_line(orjson.dumps({"event": event, **fields}))

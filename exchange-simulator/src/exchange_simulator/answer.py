"""What is sent back over REST, before its headers."""

from dataclasses import dataclass
from typing import Final

HTML: Final = "text/html; charset=utf-8"
JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    media_type: str = JSON

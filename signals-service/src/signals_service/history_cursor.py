"""Where a page of history ended, as an opaque text that a client hands back."""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Self

from service_kit.errors import BadRequestError
from service_kit.query_parameters import LARGEST_TIMESTAMP_MS

_TEXT = re.compile(r"(\d{1,16})/([0-9a-f]{1,64})")


@dataclass(frozen=True, slots=True)
class HistoryCursor:
    """The last row of a page; it stays where it is, whatever is decided meanwhile."""

    timestamp: int
    engine_version: str

    def encode(self) -> str:
        text = f"{self.timestamp}/{self.engine_version}"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> Self:
        """Raises BadRequestError for a text that no page ended with."""
        try:
            plain = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
            found = _TEXT.fullmatch(plain.decode("ascii"))
        except (binascii.Error, ValueError):
            found = None
        if found is None or int(found[1]) > LARGEST_TIMESTAMP_MS:
            raise BadRequestError("cursor: not one that a page of history ended with")
        return cls(int(found[1]), found[2])

"""What may be told in public of why a service is not ready."""

import re
from typing import Final

UNTOLD: Final = "it failed; the service's own /readyz says why"

# Our own sentences are plain words. What an exception says has its type's name and a colon before
# it, and may hold addresses, paths and passwords.
_PLAIN: Final = re.compile(r"[a-z][A-Za-z0-9 ,-]{0,118}")


def plain_sentence(said: str) -> str:
    """The sentence of a readiness check, or, where it may be an exception's, that it failed."""
    return said if _PLAIN.fullmatch(said) else UNTOLD

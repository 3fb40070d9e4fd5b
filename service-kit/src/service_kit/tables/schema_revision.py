"""Which migration these tables are of: the newest one's name, raised together with it."""

from typing import Final

SCHEMA_REVISION: Final = "0009"

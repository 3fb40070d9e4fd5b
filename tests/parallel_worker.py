"""Several processes run tests side by side; what each of them may take, so that none is in the way.

Tests of servers wait most of their time, a quarter of a core being busy.
"""

import os
from typing import Final

WORKERS: Final = 8
"""At most so many: each has its own share of the ports."""
WORKER: Final = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
"""Which of them this process is; 0 where there is only one."""


def ports_of_worker(ports: range) -> range:
    return ports[WORKER::WORKERS]

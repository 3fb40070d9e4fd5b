"""Which part listens on which port, all shifted together with the public one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eth_cli.free_port import is_free
from eth_cli.listener import who_listens
from eth_cli.stack_errors import PortInUseError, WrongOptionError

PUBLIC = 3000
USUAL: Mapping[str, int] = {
    "dashboard": PUBLIC,
    "gateway": 3001,
    "market": 8101,
    "analysis": 8102,
    "patterns": 8103,
    "signals": 8104,
    "ml": 8001,
    "scheduler": 8105,
    "maintenance": 8106,
    "simulator": 8110,
    "postgres": 15432,
    "valkey": 16379,
}
LOWEST, HIGHEST = 1024, 65535 - max(USUAL.values()) + PUBLIC


@dataclass(frozen=True, slots=True)
class Ports:
    by_part: Mapping[str, int]

    @classmethod
    def shifted_to(cls, public: int) -> Ports:
        """Raises WrongOptionError when a port would be privileged or beyond the last."""
        if not LOWEST <= public <= HIGHEST:
            raise WrongOptionError(f"--port must be between {LOWEST} and {HIGHEST}, not {public}.")
        return cls({part: port + public - PUBLIC for part, port in USUAL.items()})

    def __getitem__(self, part: str) -> int:
        return self.by_part[part]


def refuse_taken_ports(ports: Ports) -> None:
    """Raises PortInUseError, which names the first port that another program listens on."""
    for part, port in ports.by_part.items():
        if not is_free(port):
            raise PortInUseError(
                f"Port {port}, which the {part} needs, is taken by {who_listens(port)}; "
                "stop that, or choose other ports with --port."
            )

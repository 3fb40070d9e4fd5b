"""What the gateway is told from outside."""

from ipaddress import IPv4Network
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, IPvAnyNetwork, model_validator
from pydantic_settings import NoDecode

from service_kit.settings import (
    CommaSeparated,
    DatabaseSettings,
    FeedSettings,
    Port,
    RedisSettings,
    ServiceSettings,
    ServiceUrl,
    SiblingSettings,
    split_commas,
)

Networks = Annotated[tuple[IPvAnyNetwork, ...], NoDecode, BeforeValidator(split_commas)]


class GatewaySettings(
    ServiceSettings, DatabaseSettings, RedisSettings, FeedSettings, SiblingSettings
):
    port: Port = 3001
    scheduler_service_url: ServiceUrl = "http://127.0.0.1:8105"
    maintenance_service_url: ServiceUrl = "http://127.0.0.1:8106"
    public_port: Port = 3000
    """Where people open the dashboard; the default of `cors_origins` is made of it."""
    allowed_hosts: CommaSeparated = ("localhost", "127.0.0.1", "[::1]")
    """Host names, on any port, under which a request may address us."""
    cors_origins: CommaSeparated = ()
    trusted_proxies: Networks = (IPv4Network("127.0.0.1"),)
    """Whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses, and CIDR blocks."""
    require_admin_token: bool = False
    """Whether what costs or changes something needs `Authorization: Bearer ADMIN_TOKEN`."""
    advertised_address: (
        Annotated[str, Field(pattern=r"^(\[[0-9a-f:]+\]|[0-9.]+):[0-9]+$")] | None
    ) = None
    """The address and port by which the Nginx in front knows this process of several: it sends a
    client that polls back to the gateway that the client's session names."""
    max_sockets: int = Field(default=10_000, ge=1)
    """Clients of this process, however they are connected."""
    max_rooms_per_socket: int = Field(default=50, ge=1)
    room_events_keep_seconds: float = Field(default=3600, gt=0)
    """For how long, in wall time, a client can resume; ten minutes at the very least."""
    room_events_keep_newest: int = Field(default=1_000, ge=1)
    """Of each room, however old."""

    @model_validator(mode="after")
    def _refuse_a_door_without_a_key(self) -> Self:
        if self.require_admin_token and not self.admin_token:
            raise ValueError("REQUIRE_ADMIN_TOKEN needs ADMIN_TOKEN to be set")
        return self

    @property
    def trusted_origins(self) -> frozenset[str]:
        """Origins, besides our own, whose pages may read answers and change things."""
        own = (f"http://localhost:{self.public_port}", f"http://127.0.0.1:{self.public_port}")
        return frozenset(self.cors_origins or own)

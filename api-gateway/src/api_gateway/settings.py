"""What the gateway is told from outside."""

from pydantic import Field

from service_kit.settings import (
    CommaSeparated,
    DatabaseSettings,
    FeedSettings,
    Port,
    RedisSettings,
    ServiceSettings,
    SiblingSettings,
)


class GatewaySettings(
    ServiceSettings, DatabaseSettings, RedisSettings, FeedSettings, SiblingSettings
):
    port: Port = 3001
    public_port: Port = 3000
    """Where people open the dashboard; the default of `cors_origins` is made of it."""
    allowed_hosts: CommaSeparated = ("localhost", "127.0.0.1", "[::1]")
    """Host names, on any port, under which a request may address us."""
    cors_origins: CommaSeparated = ()
    max_rooms_per_socket: int = Field(default=50, ge=1)

    @property
    def trusted_origins(self) -> frozenset[str]:
        """Origins, besides our own, whose pages may read answers and change things."""
        own = (f"http://localhost:{self.public_port}", f"http://127.0.0.1:{self.public_port}")
        return frozenset(self.cors_origins or own)

"""What a restored database needs before it is used."""

from typing import Final

from maintenance_service.table_contents_store import HOURS_SECONDS
from service_kit.database import Database, driver_connection

# Clients have heard events that this log never had: by its new epoch they know that it is another.
_NEW_EPOCH: Final = "UPDATE room_log SET epoch = gen_random_uuid()"


async def make_usable(database: Database) -> None:
    """Raises StoreUnavailableError."""
    async with driver_connection(database) as connection:
        await connection.execute(_NEW_EPOCH)
        await connection.execute("ANALYZE", timeout=HOURS_SECONDS)

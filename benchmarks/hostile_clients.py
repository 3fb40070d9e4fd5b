"""What clients that never read, and requests that never end, cost the honest clients.

A real gateway, on a PostgreSQL and a Valkey of its own, tells honest clients two prices of each
market a second and numbered events of 2 kB. Phases take turns: a calm one, then one in which
clients in every room never read, and others are silent, send headers or bodies byte by byte, or
never enter Socket.IO; each is replaced when the gateway has ended it. Worse ones, not counted in
the aim, ask for all that was ever said (5 MB), and never read it: `--greedy 100`. Printed: how long
a price takes to an honest client in both kinds of phase, the gateway's memory, how long it put up
with each kind, and what the honest ones missed. About six minutes.
"""

import argparse
import asyncio
import os
import random
import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import psutil
from redis.asyncio import Redis

from eth_cli.temporary_servers import temporary_folder
from file_limit import raise_file_limit
from gateway_stores import gateway_settings
from hostile_clients_phases import Endings, Phases, PriceWatch, hostile_crowd
from service_kit.room_queries import room_log_state

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from restarting_gateway import ROOMS, RestartingGateway, growing_log
from room_followers import RoomFollowers

FILLER = "x" * 2_000
BACKLOG = 300
"""Events in each room before anybody comes: 5 MB for who asks for all of them."""
EVENTS_PER_SECOND = 0.5
"""To each room."""
REST_SECONDS = 5.0
"""After a hostile phase, for the gateway to let go of the crowd."""
AIM = 1.2
MEBIBYTE = 2**20


@dataclass
class Measured:
    honest: RoomFollowers
    calm: Phases = field(default_factory=Phases)
    hostile: Phases = field(default_factory=Phases)
    endings: Endings = field(default_factory=Endings)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--honest", type=int, default=300)
    parser.add_argument("--deaf", type=int, default=100, help="clients that never read")
    parser.add_argument("--greedy", type=int, default=0, help="that ask for 5 MB, never read it")
    parser.add_argument("--slow", type=int, default=200, help="connections that never get on")
    parser.add_argument("--phases", type=int, default=4, help="of each kind")
    parser.add_argument("--seconds", type=float, default=40, help="of a phase")
    options = parser.parse_args()
    raise_file_limit()
    with gateway_settings() as settings, temporary_folder() as folder:
        gateway = RestartingGateway(settings["DATABASE_URL"], settings["REDIS_URL"], folder)
        _print(asyncio.run(_measure(gateway, options)))


async def _measure(gateway: RestartingGateway, options: argparse.Namespace) -> Measured:
    async with (
        Redis.from_url(gateway.redis_url) as redis,
        gateway.running() as service,
        gateway.writer(FILLER) as writer,
    ):
        for room in ROOMS:
            await writer.append(room, BACKLOG)
        epoch = str((await room_log_state(writer.database)).epoch)
        sizes = (options.deaf, options.greedy, options.slow)
        target = [str(gateway.port), epoch, *map(str, sizes)]
        process, watch = psutil.Process(service.process.pid), PriceWatch(redis)
        chance = random.Random(8)  # noqa: S311 - when somebody comes back is no secret
        honest = RoomFollowers.of(gateway.url, [watch.connect] * options.honest, chance)
        found = Measured(honest)
        async with honest.following():
            await honest.begun()
            async with growing_log(writer, EVENTS_PER_SECOND):
                await watch.phase(process, options.seconds / 4, Phases())  # to warm up
                for number in range(1, options.phases + 1):
                    _say(f"phase {number} of {options.phases}: calm")
                    await watch.phase(process, options.seconds, found.calm)
                    _say(f"phase {number} of {options.phases}: hostile")
                    async with hostile_crowd(process, target, found.endings):
                        await watch.phase(process, options.seconds, found.hostile)
                    await asyncio.sleep(REST_SECONDS)
            await honest.settle(writer.database)
    return found


def _say(sentence: str) -> None:
    print(f"\r{sentence:40}", end="", flush=True)


def _print(found: Measured) -> None:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"\rload {load} on {os.cpu_count()} cores")
    print(f"\n{'a price to an honest client':30}{'p50 ms':>9}{'p99 ms':>9}{'worst':>9}", end="")
    print(f"{'gateway: CPU':>14}{'MiB, least to most':>20}{'p99 ms of each phase':>30}")
    for name, phases in (("calm", found.calm), ("hostile", found.hostile)):
        p50, p99, worst = map(phases.percentile, (50, 99, 100))
        least, most = (f(phases.resident_bytes) / MEBIBYTE for f in (min, max))
        each = ", ".join(f"{np.percentile(one, 99):.1f}" for one in phases.delays_ms)
        print(f"{name:30}{p50:9.1f}{p99:9.1f}{worst:9.1f}", end="")
        print(f"{np.mean(phases.cpu_shares):14.0%}{f'{least:.0f} to {most:.0f}':>20}{each:>30}")
    ratio = found.hostile.percentile(99) / found.calm.percentile(99)
    print(f"{'hostile, of calm':39}{ratio:9.2f}  (aim {AIM:g})")
    print(f"\n{'the gateway put up with':30}{'ended':>9}{'p50 s':>9}{'worst s':>9}", end="")
    print(f"{'open at the end':>18}{'oldest s':>10}")
    endings = found.endings
    for kind in sorted(endings.ended.keys() | endings.kept.keys()):
        ended, kept = endings.ended[kind], endings.kept[kind]
        p50, worst = np.percentile(ended, [50, 100]) if ended else (np.nan, np.nan)
        print(f"{kind:30}{len(ended):9}{p50:9.1f}{worst:9.1f}", end="")
        print(f"{len(kept):18}{max(kept, default=0.0):10.1f}")
    print(f"\nhonest: {found.honest.summary()}")


if __name__ == "__main__":
    main()

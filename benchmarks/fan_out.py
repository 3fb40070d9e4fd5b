"""What a price to everybody costs: the gateway beside the servers that are usual for it.

The same clients, unmodified ones of socket.io's JavaScript library, are connected to the real
gateway (with PostgreSQL and Valkey of its own, told of prices on Redis), to python-socketio's
server on Uvicorn and to Node's socket.io server. They take turns at publishing about four prices a
second, so that what disturbs one disturbs all. Printed of each: the server's CPU time, gross for
each event that it delivered, and net for each price, without what it needs with the same clients
and no price; and how long a price takes to the last client. Compression of messages is off, as it
is by default in Node's; `as is` is python-socketio where Uvicorn was left to compress.

It needs Node 20 and, for 3,000 clients, 6,100 open files (`ulimit -Hn`). About seven minutes.
"""

import argparse
import asyncio
import os
from dataclasses import dataclass

import numpy as np

from fan_out_clients import crowd
from fan_out_rounds import PRICE_SECONDS, Work, idle_shares, turn
from fan_out_servers import OURS, install_node_peers, servers
from file_limit import raise_file_limit

TURN_PRICES = 19
"""About five seconds."""
WARM_UP_PRICES = 8
CLIENT_PROCESSES = 2
SERVERS = 4
SPARE_FILES = 100
AIMS = {"python-socketio": 10.0, "Node's socket.io": 2.0}


@dataclass(frozen=True, slots=True)
class Compared:
    """Of each server by its name."""

    work: dict[str, Work]
    idle_share: dict[str, float]

    def net(self, name: str) -> float:
        return self.work[name].net_us(self.idle_share[name])

    def gross(self, name: str) -> float:
        return self.work[name].gross_us


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clients", default="100,1000,3000", help="a run for each of these")
    parser.add_argument("--seconds", type=float, default=15, help="of prices, for each server")
    parser.add_argument("--idle-seconds", type=float, default=10)
    options = parser.parse_args()
    install_node_peers()
    most_files = raise_file_limit()
    for clients in map(int, options.clients.split(",")):
        needed = clients * SERVERS // CLIENT_PROCESSES + SPARE_FILES
        if max(needed, clients + SPARE_FILES) > most_files:
            print(f"{clients:,} clients do not fit: {needed:,} open files are needed in a")
            print(f"process, and {most_files:,} allowed (`ulimit -Hn`)\n")
            continue
        turns = max(1, round(options.seconds / (TURN_PRICES * PRICE_SECONDS)))
        _print(clients, asyncio.run(_compare(clients, turns, options.idle_seconds)))


async def _compare(clients: int, turns: int, idle_seconds: float) -> Compared:
    with servers() as rivals:
        async with crowd(CLIENT_PROCESSES) as clients_of:
            for server in rivals:
                _say(f"{clients:,} clients connect to {server.name}")
                await clients_of.connect(server, clients)
            _say(f"{idle_seconds:.0f} s of nothing")
            idle = await idle_shares(rivals, idle_seconds)
            for server in rivals:
                _say(f"{server.name} warms up")
                await turn(clients_of, server, clients, WARM_UP_PRICES)
            found = {server.name: Work() for server in rivals}
            for number in range(turns):
                for server in rivals:
                    _say(f"turn {number + 1} of {turns}: {server.name}")
                    found[server.name].add(await turn(clients_of, server, clients, TURN_PRICES))
    return Compared(found, idle)


def _say(sentence: str) -> None:
    print(f"\r{sentence:70}", end="", flush=True)


def _print(clients: int, found: Compared) -> None:
    prices = len(found.work[OURS].last_client_ms)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"\r{clients:,} clients, {prices} prices each; load {load} on {os.cpu_count()} cores")
    print(f"{'':24}{'CPU µs a delivery':>24}{'of ours':>16}{'ms to the last client':>30}")
    print(f"{'':24}{'gross':>12}{'net':>12}{'gross':>8}{'net':>8}", end="")
    print(f"{'p50':>12}{'p99':>9}{'worst':>9}")
    for name, work in found.work.items():
        gross, net = found.gross(name), found.net(name)
        p50, p99, worst = np.percentile(work.last_client_ms or [np.nan], [50, 99, 100])
        print(f"{name:24}{gross:12.1f}{net:12.1f}", end="")
        print(f"{gross / found.gross(OURS):8.1f}{net / found.net(OURS):8.1f}", end="")
        print(f"{p50:12.1f}{p99:9.1f}{worst:9.1f}")
        for reason, connections in work.lost.items():
            print(f"  {connections} connections were lost ({reason})")
        if work.missed:
            print(f"  {work.missed} prices were not heard by every client exactly once")
        if work.python_differs:
            print(f"  {work.python_differs} prices were not heard by python-socketio's client")
    if not any(work.python_differs for work in found.work.values()):
        print("python-socketio's own client, one at each server, heard every price once")
    print("aims: " + ", ".join(f"{name} {aim:g} × ours" for name, aim in AIMS.items()) + "\n")


if __name__ == "__main__":
    main()

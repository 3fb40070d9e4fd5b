"""1,000 clients of a gateway that is killed (-9) 20 times while the log of rooms grows.

On a PostgreSQL and a Valkey of its own. Every client has to end with every numbered event of its
room in order, once, as the log has it, or with a snapshot that says so; else the exit code is 1.
The seed decides when the gateway is killed; it is printed. About five minutes.
"""

import argparse
import asyncio
import sys
import time
from pathlib import Path

from eth_cli.temporary_servers import temporary_folder
from file_limit import raise_file_limit
from gateway_stores import gateway_settings

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from killed_gateway import Campaign, KillOutcome, kill_gateway
from restarting_gateway import RestartingGateway


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    raise_file_limit()
    campaign = Campaign(options.clients, options.kills, options.seed)
    outcome = _run(campaign)
    print(f"\rseed {campaign.seed}: {outcome.summary()}")
    faults = outcome.followers.faults()
    print("\n".join(faults[:20]))
    sys.exit(1 if faults else 0)


def _run(campaign: Campaign) -> KillOutcome:
    began = time.monotonic()

    def tell(sentence: str) -> None:
        print(f"\r{time.monotonic() - began:4.0f} s: {sentence:40}", end="", flush=True)

    with gateway_settings() as settings, temporary_folder() as folder:
        gateway = RestartingGateway(settings["DATABASE_URL"], settings["REDIS_URL"], folder)
        return asyncio.run(kill_gateway(gateway, campaign, tell))


if __name__ == "__main__":
    main()

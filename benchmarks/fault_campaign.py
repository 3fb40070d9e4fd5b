"""A campaign of faults of the exchange, then of kill -9, over a stack of its own at 60×.

Every kind of fault at least once, over BTC and ETH on all timeframes; then every part of the stack
is killed, again and again. At the end, after two minutes to settle at most, every candle has to be
stored as the exchange tells it, every one of them decided once, and nothing invalid stored; else
the exit code is 1. The seed is printed. 60 faults and 50 kills take about half an hour.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from eth_cli.temporary_servers import temporary_folder

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from campaign_faults import FaultOutcome, make_fault
from campaign_kills import kill_all, victims
from campaign_plan import PlannedFault, planned
from campaign_table import table
from campaign_verdict import settled
from campaign_watch import Watch
from running_stack import RunningStack, free_stack_port, running_stack

SYMBOLS = ("ETHUSDT", "BTCUSDT")
START = "2026-03-01T23:40Z"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", type=int, default=60)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    arguments = ("--speed", "60", "--seed", str(options.seed), "--start", START)
    symbols = ("--symbols", "ETH/USDT,BTC/USDT")
    with (
        temporary_folder() as folder,
        running_stack(folder, free_stack_port(), "simulated", (*arguments, *symbols)) as stack,
    ):
        sys.exit(0 if _campaign(stack, options.faults, options.kills, options.seed) else 1)


def _campaign(stack: RunningStack, faults: int, kills: int, seed: int) -> bool:
    tell = _teller()
    watch = Watch(stack, SYMBOLS)
    outcomes = [_made(watch, fault, tell) for fault in planned(seed, faults)]
    after_faults = settled(watch)
    killed = kill_all(stack, seed, victims(seed, kills), tell)
    after_kills = settled(watch)
    print(f"\nseed {seed}: {len(outcomes)} faults\n\n{table(outcomes)}\n\n{after_faults}")
    print(f"\n{killed.total()} kills: {dict(killed)}\n\n{after_kills}")
    wrong = [f"not well: {outcome}" for outcome in outcomes if not outcome.is_well]
    for what, verdict in (("faults", after_faults), ("kills", after_kills)):
        wrong += [] if verdict.is_clean else [f"not as it should be after the {what}"]
    print()
    print("\n".join(wrong or ["every fault was noticed and healed, and all is as it should be"]))
    return not wrong


def _made(watch: Watch, fault: PlannedFault, tell: Callable[[str], None]) -> FaultOutcome:
    outcome = make_fault(watch, fault)
    tell(str(outcome))
    return outcome


def _teller() -> Callable[[str], None]:
    began = time.monotonic()

    def tell(sentence: str) -> None:
        print(f"{time.monotonic() - began:5.0f} s  {sentence}", flush=True)

    return tell


if __name__ == "__main__":
    main()

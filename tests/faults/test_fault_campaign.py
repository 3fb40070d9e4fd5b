"""A short campaign: faults of the exchange, then kill -9 of every part; nothing is lost by any."""

from collections.abc import Iterator

import pytest

from campaign_faults import make_fault
from campaign_kills import PARTS, kill_all, victims
from campaign_plan import BRIEF, KINDS, planned
from campaign_verdict import settled
from campaign_watch import Watch
from eth_cli.temporary_servers import temporary_folder
from running_stack import free_stack_port, running_stack

pytestmark = pytest.mark.faults

SEED = 7
OPTIONS = ("--speed", "60", "--seed", str(SEED), "--symbols", "ETH/USDT,BTC/USDT")


@pytest.fixture(scope="module")
def watch() -> Iterator[Watch]:
    options = (*OPTIONS, "--start", "2026-03-01T23:40Z")
    with (
        temporary_folder() as folder,
        running_stack(folder, free_stack_port(), "simulated", options) as stack,
    ):
        yield Watch(stack, ("ETHUSDT", "BTCUSDT"))


def test_every_fault_is_noticed_by_its_name_and_heals(
    watch: Watch, capsys: pytest.CaptureFixture[str]
) -> None:
    kinds = [kind for kind in KINDS if kind.name in BRIEF]
    outcomes = [make_fault(watch, fault) for fault in planned(SEED, len(kinds), kinds)]
    with capsys.disabled():
        print("", f"seed {SEED}", *outcomes, sep="\n")  # noqa: T201 - the figures are the point
    assert [str(outcome) for outcome in outcomes if not outcome.is_well] == []


def test_nothing_is_lost_or_doubled_when_every_part_has_been_killed(
    watch: Watch, capsys: pytest.CaptureFixture[str]
) -> None:
    kill_all(watch.stack, SEED, victims(SEED, len(PARTS)), lambda _sentence: None)
    verdict = settled(watch)
    with capsys.disabled():
        print(f"\n{verdict}")  # noqa: T201 - the figures are the point
    assert verdict.is_clean

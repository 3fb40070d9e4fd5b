from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

from exchange_simulator.faults.fault_desk import FaultDesk
from exchange_simulator.faults.fault_report import fault_report
from exchange_simulator.faults.script import ScriptError, read_script
from exchange_simulator.seeded_market import SeededMarket
from service_kit.clock import Clock
from service_kit.errors import ConflictError
from trading_core.symbol import Symbol
from trading_core.timeframe import MINUTE_MS

ETH = Symbol("ETH", "USDT")
NOW_MS = 1_722_816_000_000 + 30 * 3_600_000

OUTAGE = {"kind": "outage", "at": 2, "for": 10}
BAN = {"kind": "ban", "at": 1, "for": 2}

Armed = Callable[..., FaultDesk]


class Wall(Protocol):
    ms: float


def states(desk: FaultDesk) -> list[str]:
    return [fault.state(desk.clock.wall_ms()) for fault in desk.faults]


def spans(desk: FaultDesk) -> list[tuple[int, int]]:
    """Of the outages, in minutes after the arming."""
    corrections = desk.corrections()
    return [
        ((c.after_ms - NOW_MS) // MINUTE_MS, (c.until_ms - NOW_MS) // MINUTE_MS)
        for c in corrections
    ]


def test_a_fault_waits_lasts_and_is_over(armed: Armed, wall: Wall) -> None:
    desk = armed(BAN, {"kind": "drop_sockets", "at": 1})
    found = []
    for wall.ms in (999, 1_000, 2_999, 3_000):
        found.append((states(desk), [fault.kind for fault in desk.active({"ban"})]))
    assert found == [
        (["waiting", "waiting"], []),
        (["active", "over"], ["ban"]),
        (["active", "over"], ["ban"]),
        (["over", "over"], []),
    ]


def test_nothing_is_armed_while_the_clock_stands(clock_at: Callable[..., Clock]) -> None:
    desk = FaultDesk(clock_at(NOW_MS), [ETH])
    with pytest.raises(ConflictError, match="the clock does not run yet"):
        desk.arm(read_script({"seed": 1, "faults": [BAN]}))


def test_a_script_from_a_file_waits_for_the_clock(
    clock_at: Callable[..., Clock], wall: Wall
) -> None:
    script = read_script({"seed": 1, "faults": [BAN]})
    desk = FaultDesk(clock_at(NOW_MS), [ETH], script=script)
    desk.arm_waiting()
    assert desk.arming is None
    wall.ms = 5_000
    clock = clock_at(NOW_MS, wall=wall, running=True)
    desk = FaultDesk(clock, [ETH], script=script)
    desk.arm_waiting()
    assert desk.arming
    assert desk.arming.armed_at_ms == 5_000


def test_arming_replaces_but_an_outage_is_never_filled(armed: Armed, wall: Wall) -> None:
    desk = armed(OUTAGE)
    assert spans(desk) == [(2, 12)]
    wall.ms = 5_000
    desk.arm(read_script({"seed": 2, "faults": [OUTAGE, BAN]}))
    assert spans(desk) == [(2, 5), (7, 17)]
    assert [fault.kind for fault in desk.faults] == ["outage", "ban"]
    wall.ms = 6_000
    desk.disarm()
    assert spans(desk) == [(2, 5)]
    assert desk.faults == ()


def test_a_killed_exchange_goes_on_with_what_was_armed(
    armed: Armed, wall: Wall, tmp_path: Path
) -> None:
    path = tmp_path / "state.json"
    desk = armed(OUTAGE, BAN, state_path=path)
    wall.ms = 1_500
    desk.tally(desk.faults[1]).bites = 4
    desk.tally(desk.faults[1]).early = 1
    desk.save_tallies()
    again = FaultDesk(desk.clock, [ETH], state_path=path)
    assert again.arming == desk.arming
    assert again.corrections() == desk.corrections()
    assert again.tally(again.faults[1]) == desk.tally(desk.faults[1])
    assert states(again) == ["waiting", "active"]


def test_the_same_file_is_armed_once_in_a_run_of_the_clock(
    clock_at: Callable[..., Clock], wall: Wall, tmp_path: Path
) -> None:
    path, script = tmp_path / "state.json", read_script({"seed": 1, "faults": [OUTAGE]})

    def started(clock: Clock, first: dict[str, object] = OUTAGE) -> FaultDesk:
        given = read_script({"seed": 1, "faults": [first]})
        desk = FaultDesk(clock, [ETH], script=given, state_path=path)
        desk.arm_waiting()
        return desk

    clock = clock_at(NOW_MS, wall=wall, running=True)
    started(clock)
    wall.ms = 30_000
    again = started(clock)
    assert again.arming
    assert (again.arming.armed_at_ms, again.arming.script) == (0, script)
    other = started(clock, BAN)
    assert other.arming
    assert (other.arming.armed_at_ms, spans(other)) == (30_000, [(2, 12)])
    resumed = clock_at(NOW_MS + 3_600_000, wall=wall, running=True)
    later = started(resumed, BAN)
    assert later.arming
    assert later.arming.clock.event_epoch_ms == NOW_MS + 3_600_000


def test_a_given_script_does_not_come_back_after_another_one_or_none(
    clock_at: Callable[..., Clock], wall: Wall, tmp_path: Path
) -> None:
    path, given = tmp_path / "state.json", read_script({"seed": 1, "faults": [OUTAGE]})
    clock = clock_at(NOW_MS, wall=wall, running=True)

    def killed_and_started() -> FaultDesk:
        desk = FaultDesk(clock, [ETH], script=given, state_path=path)
        desk.arm_waiting()
        return desk

    other = read_script({"seed": 2, "faults": [BAN]})
    killed_and_started().arm(other)
    again = killed_and_started()
    assert again.arming
    assert again.arming.script == other
    again.disarm()
    assert killed_and_started().arming is None


def test_a_broken_state_is_refused(clock_at: Callable[..., Clock], tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    for text in ("{", "{}", '{"armings":[{}],"tallies":[]}', '{"armings":[],"tallies":[{"x":1}]}'):
        path.write_text(text)
        with pytest.raises(ScriptError, match="cannot be read"):
            FaultDesk(clock_at(NOW_MS), [ETH], state_path=path)


def test_the_report_counts_what_is_gone_from_the_market(armed: Armed, wall: Wall) -> None:
    market = SeededMarket(42, (ETH,))
    desk = armed(OUTAGE, BAN | {"retry_after": 9}, {"kind": "revised_candles", "at": 15, "for": 10})
    found = []
    for wall.ms in (1_000, 5_000, 12_000, 40_000):
        told = fault_report(desk, market)
        assert isinstance(told["faults"], list)
        found.append([fault["bites"] for fault in told["faults"]])
    outage, ban, _ = told["faults"]
    assert [bites[0] for bites in found] == [0, 3, 10, 10]
    assert found[2][2] == 0
    assert 0 < found[3][2] < 10
    assert (told["armedAtMs"], told["nowMs"]) == (0, 40_000)
    assert (ban["early"], ban["retry_after"], ban["state"]) == (0, 9, "over")
    assert (outage["beginsAtMs"], outage["endsAtMs"], outage["at"]) == (2_000, 12_000, 2)


def test_while_the_exchange_runs_ahead_what_it_has_told_stays_told(
    armed: Armed, wall: Wall
) -> None:
    desk = armed({"kind": "clock_skew", "at": 0, "for": 10, "seconds": 3})
    wall.ms = 1_000
    assert desk.exchange_clock.now_ms() == desk.clock.now_ms() + 3 * MINUTE_MS
    assert desk.exchange_clock.wall_ms() == 1_000
    desk.arm(read_script({"seed": 1, "faults": [{"kind": "outage", "at": 0, "for": 10}]}))
    assert spans(desk) == [(4, 11)]
    assert desk.exchange_clock.now_ms() == desk.clock.now_ms()


def test_the_seed_says_whether_the_exchange_runs_ahead_or_behind(armed: Armed, wall: Wall) -> None:
    wall.ms = 0
    ahead = {
        desk.exchange_clock.now_ms() - desk.clock.now_ms()
        for seed in range(10)
        for desk in [armed({"kind": "clock_skew", "at": 0, "for": 1}, seed=seed)]
    }
    assert ahead == {3 * MINUTE_MS, -3 * MINUTE_MS}

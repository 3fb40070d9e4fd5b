"""What is armed, as `GET /control/faults` tells it."""

from exchange_simulator.faults.answer_kinds import REFUSAL_KINDS
from exchange_simulator.faults.corrections import Correction
from exchange_simulator.faults.fault import Fault
from exchange_simulator.faults.fault_desk import FaultDesk
from exchange_simulator.market import Market
from trading_core.timeframe import MINUTE_MS, Timeframe

JsonObject = dict[str, object]


def fault_report(desk: FaultDesk, market: Market) -> JsonObject:
    """`market` is the one under all corrections."""
    return {
        "armedAtMs": desk.arming.armed_at_ms if desk.arming else None,
        "nowMs": desk.clock.wall_ms(),
        "faults": [_told(fault, desk, market) for fault in desk.faults],
    }


def _told(fault: Fault, desk: FaultDesk, market: Market) -> JsonObject:
    own = fault.entry.model_dump(mode="json", by_alias=True, exclude={"kind"})
    tally = desk.tally(fault)
    told: JsonObject = {
        "index": fault.index,
        "kind": fault.kind,
        "beginsAtMs": fault.begins_ms,
        "endsAtMs": fault.ends_ms,
        "state": fault.state(desk.clock.wall_ms()),
        "bites": _bites(fault, desk, market),
    }
    return told | ({"early": tally.early} if fault.kind in REFUSAL_KINDS else {}) | own


def _bites(fault: Fault, desk: FaultDesk, market: Market) -> int:
    """What changes the market is counted in the market: it bites also while nobody asks."""
    own = [one for one in desk.corrections() if one.fault == fault]
    if own:
        return sum(_bars(one, desk, market) for one in own)
    if fault.kind == "clock_skew":
        return int(fault.state(desk.clock.wall_ms()) != "waiting")
    return desk.tally(fault).bites


def _bars(correction: Correction, desk: FaultDesk, market: Market) -> int:
    """Minutes that are gone, or told otherwise, by now."""
    now_ms = desk.clock.now_ms()
    first_ms = correction.after_ms - MINUTE_MS + 1
    end_ms = min(correction.until_ms, now_ms) - MINUTE_MS + 1
    most = max(0, (end_ms - first_ms) // MINUTE_MS + 1)
    outages = [one for one in desk.corrections() if one.is_outage and one is not correction]
    return sum(
        correction.touches(symbol, open_ms, now_ms)
        and not any(outage.touches(symbol, open_ms, now_ms) for outage in outages)
        for symbol in market.symbols
        for open_ms in market.oldest(symbol, Timeframe.M1, first_ms, end_ms, most).open_ms.tolist()
    )

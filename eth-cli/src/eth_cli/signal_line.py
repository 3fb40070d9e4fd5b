"""One signal, or what became of one, as a line in a terminal."""

from __future__ import annotations

from datetime import UTC, datetime

from eth_cli.room_follower import Payload

HOLD = "HOLD"


def signal_line(event: str, signal: Payload) -> str:
    """Time of the candle's open, market, side, confidence, levels, and in words why.

    An update says what it changed instead of why.
    """
    said = _change(signal) if event == "signal_update" else _summary(signal)
    parts = (
        _time(signal["timestamp"]),
        f"{signal['symbol']:<9}",
        f"{signal['timeframe']:>3}",
        f"{signal['signalType']:<4}",
        f"{_confidence(signal):<13}",
        _levels(signal),
        said,
    )
    return "  ".join(part for part in parts if part)


def _time(event_ms: int) -> str:
    return datetime.fromtimestamp(event_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M")


def _confidence(signal: Payload) -> str:
    if not signal.get("calibrated"):
        return "uncalibrated"
    return f"{signal['confidence']:.0f} %"


def _levels(signal: Payload) -> str:
    if signal["signalType"] == HOLD:
        return f"at {signal['entryPrice']}"
    return f"entry {signal['entryPrice']}  stop {signal['stopLoss']}  TP1 {signal['takeProfit1']}"


def _summary(signal: Payload) -> str:
    reasoning = signal.get("reasoning") or {}
    return str(reasoning.get("summary") or "")


def _change(signal: Payload) -> str:
    change = f"→ {signal['status']}"
    if signal.get("continues"):
        return f"{change}, continues"
    percent = signal.get("profitLossPercent")
    if percent is None:
        return change
    return f"{change} at {signal['exitPrice']}, {percent:+.2f} %{_further(signal)}"


def _further(signal: Payload) -> str:
    """The price leaves at take-profit 1; how far it went on is told as it goes."""
    furthest = (signal.get("outcome") or {}).get("furthestTarget", 0)
    return f", then TP{furthest} reached" if furthest > 1 else ""

"""What `./eth status` tells of a running stack."""

from __future__ import annotations

import http
import json
import time
from typing import Any

import psutil

from eth_cli.data_folder import DataFolder
from eth_cli.ready_check import http_answer
from eth_cli.stack_state import PartStatus, StackState, read_state
from service_kit.clock import ClockFileError, ClockState

MIB = 2**20
OK = http.HTTPStatus.OK
HTTP_PARTS = {"simulator": "/readyz", "market": "/readyz", "scheduler": "/readyz"} | {
    "maintenance": "/readyz",
    "gateway": "/readyz",
    "dashboard": "/",
}

Report = dict[str, Any]  # Any: JSON


def stack_report(folder: DataFolder) -> Report | None:
    """None when nothing runs on the folder."""
    state = read_state(folder.state_file)
    supervisor = state.supervisor.running() if state else None
    if state is None or supervisor is None:
        return None
    return {
        "dataFolder": state.folder,
        "phase": state.phase,
        "url": state.url,
        "supervisor": {
            "name": "supervisor",
            "state": state.phase,
            "pid": supervisor.pid,
            "memoryMib": memory_mib(supervisor),
        },
        "clock": _clock(folder, state),
        "feed": _feed(state),
        "parts": [_part(part) for part in state.parts],
    }


def _part(part: PartStatus) -> Report:
    process = part.process.running() if part.process else None
    return {
        "name": part.name,
        "state": _state_now(part, process),
        "pid": process.pid if process else None,
        "port": part.port,
        "memoryMib": memory_mib(process, *_descendants(process)),
        "since": part.since_ms,
        "restarts": part.restarts,
        "lastExit": part.last_exit,
    }


def _state_now(part: PartStatus, process: psutil.Process | None) -> str:
    """The supervisor's word, except that a part which was ready may not be so at this moment."""
    if part.state != "ready":
        return part.state
    if process is None:
        return "crashed"
    path = HTTP_PARTS.get(part.name)
    return "ready" if path is None or http_answer(part.port, path)[0] == OK else "not ready"


def memory_mib(*processes: psutil.Process | None) -> float | None:
    """Of processes together, pages that they share counted once; None when that is not known."""
    try:
        return round(sum(_own_share(process) for process in processes if process) / MIB, 1) or None
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return None


def _descendants(process: psutil.Process | None) -> list[psutil.Process]:
    try:
        return process.children(recursive=True) if process else []
    except psutil.NoSuchProcess:
        return []


def _own_share(process: psutil.Process) -> int:
    memory = process.memory_full_info()
    return int(getattr(memory, "pss", memory.uss))


def _clock(folder: DataFolder, state: StackState) -> Report:
    try:
        clock = ClockState.read(folder.clock_file)
    except ClockFileError:
        return {"eventMs": None, "speed": state.speed}
    now_ms = clock.at(time.time_ns() // 1_000_000)
    return {"eventMs": now_ms, "speed": clock.speed, "endMs": clock.end_ms}


def _feed(state: StackState) -> Report:
    """What market-service says of its feed and its candles; "unknown" while it does not answer."""
    known: Report = {"kind": state.kind, "source": state.source, "state": "unknown", "candles": {}}
    status, body = http_answer(state.ports["market"], "/status")
    if status != OK:
        return known
    answer: Report = json.loads(body)
    feed: Report = answer.get("feed", {})
    return {**known, **feed, "candles": answer.get("candles", {})}

"""`./eth down`: ask the supervisor to stop, and see to it that nothing is left."""

from __future__ import annotations

import contextlib

import psutil

from eth_cli.data_folder import DataFolder
from eth_cli.stack_state import end_leftovers, read_state

STOP_SECONDS = 90.0


def stop_stack(folder: DataFolder) -> bool:
    """Whether there was anything to stop."""
    state = read_state(folder.state_file)
    supervisor = state.supervisor.running() if state else None
    if supervisor:
        _stop(supervisor)
    left = [] if folder.is_locked() else end_leftovers(folder.state_file)
    folder.state_file.unlink(missing_ok=True)
    return bool(supervisor or left)


def _stop(supervisor: psutil.Process) -> None:
    """Its death ends its parts as well, so that a supervisor that hangs can be killed."""
    with contextlib.suppress(psutil.NoSuchProcess):
        supervisor.terminate()
        try:
            supervisor.wait(STOP_SECONDS)
        except psutil.TimeoutExpired:
            supervisor.kill()
            supervisor.wait(STOP_SECONDS)

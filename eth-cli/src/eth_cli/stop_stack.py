"""`./eth down`: ask the supervisor to stop, and see to it that nothing is left."""

from __future__ import annotations

import contextlib

import psutil

from eth_cli.data_folder import DataFolder
from eth_cli.stack_state import end_leftovers, read_state

STOP_SECONDS = 90.0


def runs(folder: DataFolder) -> bool:
    """Whether a stack, or a part of one whose supervisor was killed, runs on the folder."""
    state = read_state(folder.state_file)
    if state is None:
        return False
    processes = (state.supervisor, *(part.process for part in state.parts))
    return any(process and process.running() for process in processes)


def stop_stack(folder: DataFolder) -> None:
    state = read_state(folder.state_file)
    if state and (supervisor := state.supervisor.running()):
        _stop(supervisor)
    if not folder.is_locked():
        end_leftovers(folder.state_file)
    folder.state_file.unlink(missing_ok=True)


def _stop(supervisor: psutil.Process) -> None:
    """Its death ends its parts as well, so that a supervisor that hangs can be killed."""
    with contextlib.suppress(psutil.NoSuchProcess):
        supervisor.terminate()
        try:
            supervisor.wait(STOP_SECONDS)
        except psutil.TimeoutExpired:
            supervisor.kill()
            supervisor.wait(STOP_SECONDS)

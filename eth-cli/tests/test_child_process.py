import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from eth_cli.child_process import ChildProcess, Program

pytestmark = pytest.mark.integration

FOREVER = "import time, sys; print('up', flush=True); time.sleep(600)"
DEAF = f"import signal; signal.signal(15, signal.SIG_IGN); {FOREVER}"


def program(folder: Path, code: str, **options: object) -> Program:
    return Program(
        name="probe",
        command=(sys.executable, "-S", "-c", code),
        environment={"PATH": os.defpath},
        log_path=folder / "probe.log",
        **options,  # type: ignore[arg-type]  # the fields of Program that a test changes
    )


def wait_for_output(path: Path) -> None:
    deadline = time.monotonic() + 5
    while not path.stat().st_size:
        assert time.monotonic() < deadline, "the child never said that it was up"


def test_a_child_runs_until_it_is_stopped(tmp_path: Path) -> None:
    child = ChildProcess(program(tmp_path, FOREVER))
    wait_for_output(tmp_path / "probe.log")
    assert child.exit_status() is None
    child.stop()
    assert child.exit_status() == -signal.SIGTERM


def test_a_child_that_ignores_the_request_is_ended(tmp_path: Path) -> None:
    child = ChildProcess(program(tmp_path, DEAF, stop_seconds=0.05))
    wait_for_output(tmp_path / "probe.log")
    child.stop()
    assert child.exit_status() == -signal.SIGKILL


def test_what_a_child_started_ends_with_it(tmp_path: Path) -> None:
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-S', '-c', {FOREVER!r}])"
    child = ChildProcess(program(tmp_path, code))
    wait_for_output(tmp_path / "probe.log")
    (grandchild,) = psutil.Process(child.pid).children()
    child.kill()
    grandchild.wait(timeout=5)
    assert not grandchild.is_running()


def test_an_exit_status_is_known_once_the_child_has_ended(tmp_path: Path) -> None:
    child = ChildProcess(program(tmp_path, "raise SystemExit(3)"))
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert child.exit_status() == 3


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    parent_code = (
        "import pathlib, sys, time; sys.path[:0] = [p for p in sys.argv[2:]]\n"
        "from eth_cli.child_process import ChildProcess, Program\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "child = ChildProcess(Program(name='c', environment={}, log_path=folder / 'probe.log',\n"
        f"    command=(sys.executable, '-S', '-c', {FOREVER!r})))\n"
        "print(child.pid, flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", parent_code, str(tmp_path), *sys.path]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        wait_for_output(tmp_path / "probe.log")
        parent.kill()
    child.wait(timeout=5)

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.integration

DETACHING = """
import sys, time
from pathlib import Path
from eth_cli.detach import leave_terminal, run_detached

def work(tell_ready):
    print("getting ready", flush=True)
    if "fail" in sys.argv:
        return 7
    print("pid", __import__("os").getpid(), flush=True)
    leave_terminal(Path(sys.argv[1]))
    tell_ready()
    print("in the log", flush=True)
    time.sleep(600)
    return 0

sys.exit(run_detached(work))
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", DETACHING, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)


def test_it_returns_when_ready_and_leaves_the_terminal_alone(tmp_path: Path) -> None:
    done = run(str(tmp_path / "log"))
    assert done.returncode == 0
    child = psutil.Process(int(done.stdout.split()[-1]))
    try:
        assert child.is_running()
        assert "in the log" not in done.stdout
    finally:
        child.kill()


def test_a_failure_before_that_is_the_exit_code(tmp_path: Path) -> None:
    done = run(str(tmp_path / "log"), "fail")
    assert (done.returncode, done.stdout) == (7, "getting ready\n")

"""What is asked of a platform after each deployment holds for the one on this machine."""

import subprocess

import pytest

from eth_cli.free_port import free_port
from eth_cli.repository import REPOSITORY
from running_stack import RunningStack

pytestmark = pytest.mark.e2e


def test_a_platform_that_runs_passes_what_a_deployment_has_to(stack: RunningStack) -> None:
    asked = subprocess.run(
        [REPOSITORY / ".ci" / "smoke", stack.url], capture_output=True, text=True, check=False
    )
    assert asked.returncode == 0, asked.stdout[-3000:]


def test_a_platform_that_does_not_run_fails() -> None:
    asked = subprocess.run(
        [REPOSITORY / ".ci" / "smoke", f"http://127.0.0.1:{free_port()}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 1, asked.stdout[-3000:]

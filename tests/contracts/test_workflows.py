"""What CI runs is well-formed, and runs the scripts that people run."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from eth_cli.repository import REPOSITORY

PROGRAMS = Path(sys.executable).parent
WORKFLOWS = sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))
SCRIPTS = ["eth", *(f".ci/{path.name}" for path in sorted((REPOSITORY / ".ci").iterdir()))]


def run(*command: str | Path) -> str:
    """What a checker complains of; nothing where it is content."""
    found = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    return "" if found.returncode == 0 else found.stdout + found.stderr


def check_schema(schema: str, path: Path) -> str:
    return run(PROGRAMS / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", path)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_is_one_that_github_takes(path: Path) -> None:
    assert check_schema("github-workflows", path) == ""


def test_the_update_bots_settings_are_ones_that_github_takes() -> None:
    assert check_schema("dependabot", REPOSITORY / ".github" / "dependabot.yml") == ""


def test_a_workflow_that_is_wrong_would_be_found(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(WORKFLOWS[0].read_text().replace("runs-on:", "runs-at:"))
    assert "runs-on" in check_schema("github-workflows", wrong)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_script_that_a_workflow_runs_is_there(path: Path) -> None:
    for name in re.findall(r"(?:run: |^\s+)(\.ci/[a-z]+|\./eth)\b", path.read_text(), re.MULTILINE):
        assert (REPOSITORY / name).stat().st_mode & 0o111, name


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_only_read_unless_a_job_says_what_else(path: Path) -> None:
    assert yaml.safe_load(path.read_text())["permissions"] == {"contents": "read"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_an_action_that_is_not_github_s_is_one_commit_and_nobody_can_move_it(path: Path) -> None:
    for action in re.findall(r"uses: (\S+)", path.read_text()):
        if not action.startswith(("actions/", "./")):
            assert re.fullmatch(r"[^@]+@[0-9a-f]{40}", action), action


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_checkout_leaves_no_token_behind(path: Path) -> None:
    jobs = yaml.safe_load(path.read_text())["jobs"].values()
    steps = [step for job in jobs for step in job.get("steps", ())]
    for step in steps:
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("name", SCRIPTS)
def test_shellcheck_finds_nothing_in_a_script(name: str) -> None:
    shellcheck = shutil.which("shellcheck", path=str(PROGRAMS))
    if shellcheck is None:
        pytest.skip("shellcheck has no wheel for this machine")
    assert run(shellcheck, "--external-sources", name) == ""

"""A real Prometheus beside a running stack, as `./eth prometheus` configures it, but in a hurry.

It looks each two seconds, and its rules are the repository's with every `for` cut to a second, so
that a test need not wait for minutes. That the real durations are right, promtool's tests say.
"""

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from eth_cli.free_port import free_port
from monitoring_files import RULE_FILES
from running_stack import RunningStack, eth, wait_for

LOOK = "2s"
"""As long as a scrape may take on a machine that does much else."""
HURRY = "1s"
Json = dict[str, Any]  # Any: JSON


@dataclass(frozen=True, slots=True)
class Prometheus:
    url: str

    def ask(self, path: str, **params: str | float) -> Any:  # noqa: ANN401 - each route's own JSON
        """The `data` of an answer; an error is one of the test."""
        answer = httpx.get(f"{self.url}/api/v1/{path}", params=params, timeout=30).json()
        assert answer["status"] == "success", (params, answer)
        return answer["data"]

    def found(self, expression: str) -> list[Json]:
        """The series that an expression has now."""
        series: list[Json] = self.ask("query", query=expression)["result"]
        return series

    def targets(self) -> dict[str, Json]:
        return {one["labels"]["job"]: one for one in self.ask("targets")["activeTargets"]}

    def rules(self) -> list[Json]:
        return [rule for group in self.ask("rules")["groups"] for rule in group["rules"]]

    def metric_names(self) -> set[str]:
        return set(self.ask("label/__name__/values"))


@contextmanager
def watching_prometheus(program: str, stack: RunningStack, folder: Path) -> Iterator[Prometheus]:
    printed = eth("prometheus", "--data-dir", str(stack.data_dir)).stdout
    configuration = json.loads(Path(printed.splitlines()[0]).read_text())
    hurried = folder / "prometheus.json"
    hurried.write_text(json.dumps(_in_a_hurry(configuration, folder)))
    address = f"127.0.0.1:{free_port()}"
    command = (
        program,
        f"--config.file={hurried}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address={address}",
    )
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        prometheus = Prometheus(f"http://{address}")
        wait_for(
            lambda: httpx.get(f"{prometheus.url}/-/ready").is_success,
            seconds=60,
            what="Prometheus is ready",
        )
        yield prometheus
    finally:
        process.terminate()
        process.wait(30)


def _in_a_hurry(configuration: Json, folder: Path) -> Json:
    rules = folder / "rules"
    rules.mkdir()
    for path in RULE_FILES:
        text = re.sub(r"^( +for:) \S+$", rf"\1 {HURRY}", path.read_text(), flags=re.MULTILINE)
        (rules / path.name).write_text(text)
    often = {"scrape_interval": LOOK, "scrape_timeout": LOOK, "evaluation_interval": HURRY}
    return {**configuration, "global": often, "rule_files": [str(rules / "*.yml")]}

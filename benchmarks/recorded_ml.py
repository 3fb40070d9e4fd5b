"""ml-service in a process of its own, over a recording in a PostgreSQL of its own."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eth_cli.free_port import free_port
from eth_cli.temporary_servers import temporary_folder, temporary_postgres
from service_kit.clock import ClockState
from trading_core.candles import Candles
from training_markets import recorded_market

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from migrate_database import migrate_database

START_SECONDS = 60

Json = dict[str, Any]  # Any: JSON


@dataclass(frozen=True, slots=True)
class RecordedMl:
    """Event time stands at the close of the last candle."""

    url: str
    models: Path
    candles: Candles

    @property
    def market(self) -> Json:
        """As bodies name it."""
        return {"symbol": self.candles.symbol.slashed, "timeframe": self.candles.timeframe.value}

    @property
    def question(self) -> Json:
        """The newest bar, asked for as signals-service does."""
        return {**self.market, "timestamp": self.candles.last_open_ms}

    def get(self, path: str) -> Json:
        return _asked(urllib.request.Request(self.url + path))  # noqa: S310 - ours

    def post(self, path: str, body: Json) -> Json:
        """An error's status and sentence end the benchmark."""
        headers = {"Content-Type": "application/json"}
        data = json.dumps(body).encode()
        return _asked(urllib.request.Request(self.url + path, data, headers))  # noqa: S310 - ours

    def train(self, rows: int) -> str:
        """On the newest rows; the id of the model that serves then."""
        began = time.perf_counter()
        print(self.post("/train", {**self.market, "lookback_periods": rows})["message"])
        print(f"trained on {rows:,} rows in {time.perf_counter() - began:.1f} s")
        said = self.post("/predict", self.question)
        if said["abstained"]:
            raise SystemExit(f"it abstains ({said['reason']}): let it learn from more --rows")
        return str(said["model_id"])


@contextmanager
def recorded_ml(recording: Path) -> Iterator[RecordedMl]:
    """Without a model, until the end of the block."""
    candles = recorded_market(recording).candles
    with temporary_folder() as home, temporary_postgres() as server:
        clock, port = home / "clock.json", free_port()
        ClockState(candles.closed_until_ms, None).write(clock)
        environment = {
            **os.environ,
            "DATABASE_URL": server.database_url,
            "SYMBOLS": candles.symbol.slashed,
            "CLOCK_FILE": str(clock),
            "MODELS_DIR": str(home / "models"),
            "AUTO_TRAIN": "false",
            "PORT": str(port),
            "LOG_LEVEL": "warning",
        }
        _fill(recording, environment)
        log = home / "ml.log"
        with log.open("wb") as output:
            command = [sys.executable, "-m", "ml_service"]
            service = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
        try:
            started = RecordedMl(f"http://127.0.0.1:{port}", home / "models", candles)
            _wait_until_ready(started.url, log)
            yield started
        finally:
            service.terminate()
            service.wait(15)


def _fill(recording: Path, environment: Mapping[str, str]) -> None:
    migrate_database(environment["DATABASE_URL"], "upgrade", "head")
    importing = [sys.executable, "-m", "market_service.import_candles", "--", str(recording)]
    subprocess.run(importing, env=environment, check=True, stdout=subprocess.DEVNULL)


def _wait_until_ready(url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{url}/readyz").close()  # noqa: S310 - ours
        except urllib.error.URLError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"ml-service did not start:\n{log.read_text()}")


def _asked(request: urllib.request.Request) -> Json:
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - ours
            found: Json = json.load(answer)
            return found
    except urllib.error.HTTPError as error:
        raise SystemExit(f"{error.code}: {error.read().decode()}") from error

"""Tracing, error reports and log shipping cost nothing where their settings are not there."""

import os
import subprocess
import sys

import pytest

SETTINGS = ("TRACES_ENDPOINT", "SENTRY_DSN", "ELASTICSEARCH_URL")
COSTLY = (
    "opentelemetry.sdk.trace",
    "opentelemetry.exporter",
    "google.protobuf",
    "sentry_sdk",
    "service_kit.log_shipping",
)
"""FastAPI itself imports OpenTelemetry's interface, and redis-py the SDK's metrics."""
PROGRAM = f"""
import sys, threading
from service_kit.observed_process import ObservedProcess
from {{module}}.app import build_app
from {{module}}.settings import {{settings}} as Settings
settings = Settings(database_url="postgresql+asyncpg://x@127.0.0.1/x", redis_url="redis://127.0.0.1")
with ObservedProcess("some-service", settings).running():
    build_app(settings)
    print([name for name in {COSTLY} if name in sys.modules], threading.active_count())
"""


@pytest.mark.parametrize(
    ("module", "settings"),
    [("signals_service", "SignalsSettings"), ("api_gateway", "GatewaySettings")],
)
def test_nothing_is_imported_and_no_thread_started(module: str, settings: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    otel = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"}
    program = PROGRAM.format(module=module, settings=settings)
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env=environment | otel,
    )
    assert done.stdout.strip() == "[] 1", done.stderr

"""docs/api/openapi.json, which the frontend's types are made of, says what the services answer."""

import json
from pathlib import Path

import pytest
from pydantic import SecretStr

from analysis_service.app import build_app as build_analysis
from analysis_service.settings import AnalysisSettings
from api_gateway.export_openapi import main
from api_gateway.openapi_document import Document
from market_service.app import build_app as build_market
from market_service.settings import MarketSettings
from ml_service.app import build_app as build_ml
from ml_service.settings import MlSettings
from patterns_service.app import build_app as build_patterns
from patterns_service.settings import PatternsSettings
from signals_service.app import build_app as build_signals
from signals_service.settings import SignalsSettings

COMMITTED = Path(__file__).parents[2] / "docs/api/openapi.json"
DATABASE = SecretStr("postgresql+asyncpg://nobody@127.0.0.1:1/none")
REDIS = SecretStr("redis://127.0.0.1:1/0")


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    apps = {
        "market-service": build_market(MarketSettings(database_url=DATABASE, redis_url=REDIS)),
        "analysis-service": build_analysis(
            AnalysisSettings(database_url=DATABASE, redis_url=REDIS)
        ),
        "patterns-service": build_patterns(
            PatternsSettings(database_url=DATABASE, redis_url=REDIS)
        ),
        "signals-service": build_signals(SignalsSettings(database_url=DATABASE, redis_url=REDIS)),
        "ml-service": build_ml(MlSettings(database_url=DATABASE)),
    }
    return {name: app.openapi() for name, app in apps.items()}


def test_the_committed_document_is_current(documents: dict[str, Document], tmp_path: Path) -> None:
    output, files = tmp_path / "made" / "openapi.json", []
    for name, document in documents.items():
        file = tmp_path / f"{name}.json"
        file.write_text(json.dumps(document))
        files.append(f"{name}={file}")
    assert main(["--output", str(output), *files]) == 0
    assert COMMITTED.read_text() == output.read_text(), (
        "start the services and run: python -m api_gateway.export_openapi --output "
        "docs/api/openapi.json"
    )


def test_a_file_that_is_missing_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([f"market-service={tmp_path / 'none.json'}"]) == 1
    assert "none.json" in capsys.readouterr().err
    assert main(["nobody-service=x"]) == 1
    assert "nobody-service" in capsys.readouterr().err


def test_every_public_route_has_a_typed_answer_and_its_errors() -> None:
    document = json.loads(COMMITTED.read_text())
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
            assert answer, f"{method} {path} says nothing of its answer"


def test_nothing_internal_is_in_the_document() -> None:
    paths = json.loads(COMMITTED.read_text())["paths"]
    assert all(path == "/health" or path.startswith("/api/") for path in paths)
    assert not [path for path in paths if "closed-bar" in path or "prune" in path]

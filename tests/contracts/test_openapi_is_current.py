"""docs/api/openapi.json, which the frontend's types are made of, says what the services answer."""

import json
from pathlib import Path

import pytest
from pydantic import SecretStr

from api_gateway.export_openapi import main, own_document
from api_gateway.openapi_document import Document, merge_documents, to_json
from market_service.app import build_app
from market_service.settings import MarketSettings

COMMITTED = Path(__file__).parents[2] / "docs/api/openapi.json"


@pytest.fixture(scope="module")
def market_document() -> Document:
    settings = MarketSettings(
        database_url=SecretStr("postgresql+asyncpg://nobody@127.0.0.1:1/none"),
        redis_url=SecretStr("redis://127.0.0.1:1/0"),
    )
    return build_app(settings).openapi()


def test_the_committed_document_is_current(market_document: Document) -> None:
    current = to_json(merge_documents(own_document(), {"market-service": market_document}))
    assert COMMITTED.read_text() == current, (
        "start the services and run: python -m api_gateway.export_openapi --output "
        "docs/api/openapi.json"
    )


def test_the_command_writes_the_document_from_files(
    market_document: Document, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, output = tmp_path / "market.json", tmp_path / "made" / "openapi.json"
    file.write_text(json.dumps(market_document))
    assert main(["--output", str(output), f"market-service={file}"]) == 0
    assert output.read_text() == COMMITTED.read_text()
    assert main([f"market-service={tmp_path / 'none.json'}"]) == 1
    assert "none.json" in capsys.readouterr().err


def test_every_public_route_has_a_typed_answer_and_its_errors() -> None:
    document = json.loads(COMMITTED.read_text())
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
            assert answer, f"{method} {path} says nothing of its answer"

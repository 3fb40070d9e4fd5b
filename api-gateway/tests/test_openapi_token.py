from typing import Any

from api_gateway.openapi_token import with_token

DOCUMENT: dict[str, Any] = {
    "paths": {
        "/api/ml/train": {"post": {"responses": {"200": {}}}, "parameters": []},
        "/api/ml/train/{training_id}": {"get": {}, "delete": {"responses": {"401": {"x": 1}}}},
        "/api/ml/predict": {"post": {"responses": {"200": {}}}},
    },
    "components": {"schemas": {"Train": {}}},
}


def test_only_what_the_door_guards_asks_for_the_token() -> None:
    paths = with_token(DOCUMENT)["paths"]
    train = paths["/api/ml/train"]
    assert train["post"]["security"] == [{"adminToken": []}]
    assert train["post"]["responses"].keys() == {"200", "401"}
    assert train["parameters"] == []
    assert paths["/api/ml/predict"] == DOCUMENT["paths"]["/api/ml/predict"]
    one = paths["/api/ml/train/{training_id}"]
    assert one["get"] == {}
    assert one["delete"]["security"] == [{"adminToken": []}]


def test_what_a_sibling_says_of_its_own_refusal_stays() -> None:
    deleted = with_token(DOCUMENT)["paths"]["/api/ml/train/{training_id}"]["delete"]
    assert deleted["responses"]["401"] == {"x": 1}


def test_the_schemas_stay_and_the_document_given_is_unchanged() -> None:
    told = with_token(DOCUMENT)
    assert told["components"]["schemas"] == {"Train": {}}
    assert "securitySchemes" not in DOCUMENT["components"]

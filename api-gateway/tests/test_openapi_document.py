import json
from typing import Any

from api_gateway.openapi_document import merge_documents, to_json

OWN: dict[str, Any] = {
    "info": {"title": "gateway", "version": "1.2.3"},
    "paths": {"/health": {"get": {}}},
}


def document(paths: dict[str, str], schemas: dict[str, Any]) -> dict[str, Any]:
    """A path by the name of the schema that it answers."""
    return {
        "paths": {
            path: {"get": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
            for path, name in paths.items()
        },
        "components": {"schemas": schemas},
    }


def test_public_paths_are_merged_and_internal_ones_are_left_out() -> None:
    market = document({"/api/market/price": "Price", "/collect": "Collected"}, {"Price": {}})
    signals = document({"/api/signals/latest": "Signal"}, {"Signal": {}})
    merged = merge_documents(OWN, {"market-service": market, "signals-service": signals})
    assert list(merged["paths"]) == ["/api/market/price", "/api/signals/latest", "/health"]
    assert merged["info"]["version"] == "1.2.3"


def test_an_invalid_parameter_is_a_400_and_never_a_422() -> None:
    reference = {"$ref": "#/components/schemas/HTTPValidationError"}
    operation = {"responses": {"200": {}, "400": {}, "422": {"schema": reference}}}
    market = {
        "paths": {"/api/market/price": {"get": operation}},
        "components": {"schemas": {"HTTPValidationError": {}}},
    }
    merged = merge_documents(OWN, {"market-service": market})
    assert merged["paths"]["/api/market/price"]["get"]["responses"].keys() == {"200", "400"}
    assert merged["components"]["schemas"] == {}


def test_only_schemas_that_a_public_path_needs_are_kept() -> None:
    schemas = {
        "Page": {"items": {"$ref": "#/components/schemas/Candle"}},
        "Candle": {"next": [{"$ref": "#/components/schemas/Page"}]},
        "Internal": {},
    }
    merged = merge_documents(OWN, {"market": document({"/api/candles": "Page"}, schemas)})
    assert list(merged["components"]["schemas"]) == ["Candle", "Page"]


def test_one_schema_in_two_documents_stands_once() -> None:
    error = {"type": "object"}
    one = document({"/api/a": "Error"}, {"Error": error})
    two = document({"/api/b": "Error"}, {"Error": error})
    merged = merge_documents(OWN, {"a": one, "b": two})
    assert merged["components"]["schemas"] == {"Error": error}


def test_another_schema_of_the_same_name_is_renamed_after_its_sibling() -> None:
    one = document({"/api/a": "Row"}, {"Row": {"type": "string"}})
    two = document({"/api/b": "Row"}, {"Row": {"type": "object"}})
    merged = merge_documents(OWN, {"market-service": one, "signals-service": two})
    assert merged["components"]["schemas"] == {
        "Row": {"type": "string"},
        "SignalsServiceRow": {"type": "object"},
    }
    assert merged["paths"]["/api/b"]["get"]["schema"]["$ref"].endswith("/SignalsServiceRow")


def test_the_order_of_siblings_changes_nothing() -> None:
    one = document({"/api/a": "Row"}, {"Row": {"type": "string"}})
    two = document({"/api/b": "Row"}, {"Row": {"type": "object"}})
    text = to_json(merge_documents(OWN, {"a": one, "b": two}))
    assert text == to_json(merge_documents(OWN, {"b": two, "a": one}))
    assert text.endswith("}\n")
    assert json.loads(text)["openapi"] == "3.1.0"

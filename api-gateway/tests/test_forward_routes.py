import pytest
from hypothesis import given
from hypothesis import strategies as st

from api_gateway.forward_routes import ML_PATHS, ForwardRoute, find_route

MARKET = ForwardRoute(
    "/api/market", "market-service", "http://market", frozenset({("POST", "/api/market/fetch")})
)
SIGNALS = ForwardRoute("/api/signals", "signals-service", "http://signals")
ML = ForwardRoute("/api/ml", "ml-service", "http://ml", bare_paths=ML_PATHS)
ROUTES = (MARKET, SIGNALS, ML)


@pytest.mark.parametrize(
    "path", ["/api/market/price", "/api/market", "/api/market/", "/api/market/a.b"]
)
def test_a_prefix_leads_to_its_sibling(path: str) -> None:
    assert find_route(path, ROUTES) is MARKET


def test_every_sibling_has_its_own_prefix() -> None:
    assert find_route("/api/signals/5f1c-ab", ROUTES) is SIGNALS


@pytest.mark.parametrize(
    "path",
    [
        "/api/marketplace",
        "/api/nothing",
        "/collect",
        "/api/market/../../collect",
        "/api/market/%2e%2e/%2e%2e/collect",
        "/api/market/..%2f..%2fcollect",
        "/api/market/%252e%252e/collect",
        "/api/market//collect",
        "/api//market/price",
        "/api/market/./price",
        "/api/market/.hidden",
        "/api/market/..",
        "/api/market/..;/collect",
        "/api/market/\\..\\collect",
        "/api/market/price%00",
        "/api/market/price\n",
        "/api/market/price?x",
        "//evil.com/api/market/price",
        "http://evil.com/api/market/price",
        "/API/market/price",
        "/api/market/ü",
    ],
)
def test_no_other_path_is_passed_on(path: str) -> None:
    assert find_route(path, ROUTES) is None


@given(st.text(alphabet="/.%2eEfF5cC\\;a", max_size=30))
def test_no_spelling_climbs_out_of_the_prefix(tail: str) -> None:
    path = "/api/market/" + tail
    if find_route(path, ROUTES) is not None:
        assert not any(part.startswith(".") for part in path.split("/"))
        assert "%" not in path


def test_a_call_that_fetches_may_take_longer() -> None:
    assert MARKET.answer_seconds("POST", "/api/market/fetch") == 120
    assert MARKET.answer_seconds("GET", "/api/market/fetch") == 30


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/api/ml", "/"),
        ("/api/ml/", "/"),
        ("/api/ml/health", "/health"),
        ("/api/ml/model/info", "/model/info"),
        ("/api/ml/predict", "/predict"),
        ("/api/ml/performance", "/performance"),
        ("/api/ml/train/5f1c", "/train/5f1c"),
        ("/api/ml/train/5f1c/cancel", "/train/5f1c/cancel"),
        ("/api/ml/trainings", "/trainings"),
        ("/api/ml/models", "/models"),
        ("/api/ml/models/ETHUSDT-1h-spec16-0123", "/models/ETHUSDT-1h-spec16-0123"),
        ("/api/ml/models/ETHUSDT-1h-spec16-0123/report", "/models/ETHUSDT-1h-spec16-0123/report"),
        ("/api/ml/features/engineer", "/features/engineer"),
    ],
)
def test_the_models_service_does_not_know_our_prefix(path: str, there: str) -> None:
    assert find_route(path, ROUTES) is ML
    assert ML.path_there(path) == there
    assert ML.path_here(there) == path.rstrip("/")


@pytest.mark.parametrize(
    "path",
    [
        "/api/ml/metrics",
        "/api/ml/livez",
        "/api/ml/closed-bar",
        "/api/ml/retrain",
        "/api/ml/models/rollback",
        "/api/ml/models/ETHUSDT-1h-spec16-0123/promote",
        "/api/ml/predict/anything",
    ],
)
def test_its_internal_paths_are_not_passed_on(path: str) -> None:
    assert find_route(path, ROUTES) is None


def test_other_siblings_know_their_paths_as_we_do() -> None:
    assert MARKET.path_there("/api/market/price") == "/api/market/price"

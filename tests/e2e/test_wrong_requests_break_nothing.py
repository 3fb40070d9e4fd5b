"""Nothing that can be made from the services' own OpenAPI documents ends in a 5xx."""

import os
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from running_stack import RunningStack

pytestmark = pytest.mark.e2e

SERVICES = (
    "market",
    "analysis",
    "patterns",
    "signals",
    "ml",
    "scheduler",
    "maintenance",
    "gateway",
)
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "200"))
"""For each operation: requests that its document allows, and requests that it does not."""
EXAMPLES_THROUGH_THE_GATEWAY = EXAMPLES // 10
"""Of the operations that were asked of each service before."""


@pytest.mark.parametrize("service", SERVICES)
def test_no_request_ends_in_a_server_error(stack: RunningStack, service: str) -> None:
    examples = EXAMPLES_THROUGH_THE_GATEWAY if service == "gateway" else EXAMPLES
    url = stack.url_of(service)
    schema = schemathesis.openapi.from_url(f"{url}/openapi.json")
    with requests.Session() as session:
        for operation in schema.get_all_operations():
            _fuzz(operation.ok(), url, session, examples)  # type: ignore[union-attr] # a wrong document fails the test


def _fuzz(
    operation: Any,  # noqa: ANN401 - schemathesis's type is generic in what nobody names
    url: str,
    session: requests.Session,
    examples: int,
) -> None:
    modes = schemathesis.GenerationMode
    cases = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in modes))

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def no_server_error(case: Any) -> None:  # noqa: ANN401 - likewise
        if case.path.endswith("/train"):  # what is allowed makes models, and takes minutes
            case.query = {**(case.query or {}), "async": "true"}
        answer = case.call(base_url=url, session=session)
        assert answer.status_code < 500, f"{case.as_curl_command()}: {answer.text[:300]}"

    no_server_error()

"""What nobody tells makes an alert that never fires and a panel that stays empty."""

import pytest

from monitoring_files import Query, dashboard_queries, recorded, rule_queries
from promised_metrics import PROMISED
from promql_names import Names, names_of

TARGET = {"job", "instance"}
"""What Prometheus itself adds to each of our samples."""
OWN_METRICS = {"up": TARGET, "ALERTS": {"alertname", "alertstate", "severity"}}
PROMISED_LABELS = {
    sample: {*metric.labels, *(["le"] if sample.endswith("_bucket") else [])}
    for metric in PROMISED
    for sample in metric.sample_names
}
QUERIES = [*rule_queries(), *dashboard_queries()]
each_query = pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.where)


def labels_of(metric: str) -> set[str]:
    """As Prometheus keeps them: a label of ours that is named as one of its own is "exported"."""
    if metric in OWN_METRICS:
        return OWN_METRICS[metric]
    if metric in recorded():
        return names_of(recorded()[metric]).grouped - {"le"}
    ours = PROMISED_LABELS[metric]
    return TARGET | {f"exported_{label}" if label in TARGET else label for label in ours}


@each_query
def test_every_metric_that_is_asked_for_is_promised_or_recorded(query: Query) -> None:
    known = PROMISED_LABELS.keys() | OWN_METRICS.keys() | recorded().keys()
    assert names_of(query.expression).metrics.keys() - known == set()


@each_query
def test_every_label_that_is_asked_for_is_one_that_the_metric_has(query: Query) -> None:
    found = names_of(query.expression)
    for metric, matched in found.metrics.items():
        assert matched - labels_of(metric) == set(), metric
    had = {label for metric in found.metrics for label in labels_of(metric)}
    assert found.grouped - had == set()


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("up", Names({"up": set()})),
        (
            'sum by (job, le) (rate(a_bucket{b=~"c{d}", e != "f"}[5m])) > 1.5e9',
            Names({"a_bucket": {"b", "e"}}, {"job", "le"}),
        ),
        ("a:b:c unless on (x) (d offset 1h > 0)", Names({"a:b:c": set(), "d": set()}, {"x"})),
        (
            "a > on () group_left () 0.1 * max_over_time(b[2h:1m])",
            Names({"a": set(), "b": set()}),
        ),
        ("time() - max(a > 0) or vector(0) # not this", Names({"a": set()})),
    ],
)
def test_names_are_read_out_of_an_expression(expression: str, expected: Names) -> None:
    assert names_of(expression) == expected


def test_a_misspelt_label_would_be_seen() -> None:
    query = Query("here", 'sum by (servise) (http_requests_total{kode="500"})')
    with pytest.raises(AssertionError, match="http_requests_total"):
        test_every_label_that_is_asked_for_is_one_that_the_metric_has(query)


def test_a_misspelt_metric_would_be_seen() -> None:
    with pytest.raises(AssertionError, match="http_request_total"):
        test_every_metric_that_is_asked_for_is_promised_or_recorded(
            Query("here", "rate(http_request_total[5m])")
        )

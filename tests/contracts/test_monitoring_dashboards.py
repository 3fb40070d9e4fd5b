"""Dashboards as Grafana wants them. Grafana itself is not run; this can be told without it."""

from itertools import combinations

import pytest

from monitoring_files import GRAFANA, Json, dashboards, panels, read_yaml

BOARDS = dashboards()
PANELS = [(name, panel) for name, board in BOARDS.items() for panel in panels(board)]
each_panel = pytest.mark.parametrize(
    "panel", [panel for _, panel in PANELS], ids=[f"{name}: {p['title']}" for name, p in PANELS]
)
each_board = pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS.keys())
KINDS = {"timeseries", "stat", "table", "state-timeline"}
COLUMNS = 24


def source_uid() -> str:
    sources = read_yaml(GRAFANA / "provisioning" / "datasources" / "prometheus.yml")["datasources"]
    (source,) = sources
    uid: str = source["uid"]
    return uid


@each_board
def test_a_dashboard_has_an_address_a_title_and_a_description(board: Json) -> None:
    assert board["uid"].startswith("eth-")
    assert board["title"]
    assert board["description"].endswith(".")
    assert board["schemaVersion"] >= 39


def test_addresses_and_titles_of_dashboards_are_their_own() -> None:
    for key in ("uid", "title"):
        assert len({board[key] for board in BOARDS.values()}) == len(BOARDS)


@each_board
def test_ids_of_panels_are_their_own(board: Json) -> None:
    ids = [panel["id"] for panel in board["panels"]]
    assert len(ids) == len(set(ids))


@each_board
def test_no_panel_lies_on_another_or_beyond_the_edge(board: Json) -> None:
    places = [panel["gridPos"] for panel in board["panels"]]
    assert all(place["x"] + place["w"] <= COLUMNS for place in places)
    assert [pair for pair in combinations(places, 2) if overlap(*pair)] == []


def overlap(one: Json, other: Json) -> bool:
    return all(
        bool(one[edge] < other[edge] + other[size] and other[edge] < one[edge] + one[size])
        for edge, size in (("x", "w"), ("y", "h"))
    )


@each_panel
def test_a_panel_says_what_it_shows_and_in_what_unit(panel: Json) -> None:
    assert panel["type"] in KINDS
    assert panel["title"]
    assert panel["description"].endswith(".")
    assert panel["fieldConfig"]["defaults"]["unit"]
    assert panel["fieldConfig"]["defaults"]["thresholds"]["steps"][0]["value"] is None


@each_panel
def test_a_panel_asks_the_source_that_is_provisioned(panel: Json) -> None:
    references = [target["refId"] for target in panel["targets"]]
    assert references
    assert len(references) == len(set(references))
    for asked in (panel, *panel["targets"]):
        assert asked["datasource"] == {"type": "prometheus", "uid": source_uid()}


def test_dashboards_are_read_from_a_folder() -> None:
    (provider,) = read_yaml(GRAFANA / "provisioning" / "dashboards" / "platform.yml")["providers"]
    assert provider["options"]["path"] == "/var/lib/grafana/dashboards"

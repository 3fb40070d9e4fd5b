"""The page stands alone, hides nothing and shows no accuracy without its baseline."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from ml_service.registry.model_card import ModelCard
from ml_service.report.report_json import model_report
from ml_service.report.report_page import report_page
from ml_service.report.reproduce import reproduce
from model_cards import model_card

CARD = model_card()
VOID = {"meta", "link", "br", "hr", "img", "input"}


class Nesting(HTMLParser):
    """Raises where an element is not closed by its own end."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.seen.add(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_well_formed_and_asks_for_nothing_from_outside() -> None:
    page = report_page(CARD)
    reader = Nesting()
    reader.feed(page)
    assert reader.open == []
    assert not reader.seen & {"script", "link", "img", "iframe", "object"}
    assert not re.search(r"https?://|url\(|@import|src=|href=", page)


def test_every_plot_can_be_read_aloud() -> None:
    page = report_page(CARD)
    plots = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(plots) == 4
    for plot in plots:
        assert 'role="img"' in plot
        assert re.search(r"<title>.+</title><desc>.+</desc>", plot)


@pytest.mark.parametrize(
    "told",
    [
        CARD.model_id,
        CARD.gate.sentence,
        CARD.candles_hash,
        CARD.trees_sha256,
        CARD.feature_hash,
        "6 configurations were tried",
        "window spans outage",
        "1,344",
        "isotonic",
        "xgboost 3.2.0",
        "./eth train --symbol ETH/USDT --timeframe 1h",
        "untouched",
    ],
)
def test_the_page_tells(told: str) -> None:
    assert told in report_page(CARD)


def test_accuracy_stands_beside_the_majority_class() -> None:
    page = report_page(CARD).replace("\u00a0", " ")
    card = page.index("<h2>Accuracy</h2>")
    assert re.search(r"48\.7 %.*commonest class 46\.1 %", page[card : card + 300])


def test_a_model_without_skill_says_so_first() -> None:
    page = report_page(model_card(passed=False))
    assert "Skill gate not passed: it never serves" in page
    assert page.index("not passed") < page.index("Accuracy")


def test_texts_of_a_card_cannot_become_markup() -> None:
    nasty = "<script>alert(1)</script>"
    gate = replace(CARD.gate, sentence=nasty)
    card = replace(CARD, gate=gate, packages={nasty: nasty}, dropped={nasty: 1})
    assert nasty not in report_page(card)


def test_stretches_with_nothing_in_them_are_drawn_all_the_same() -> None:
    card = _without_figures(CARD)
    assert "Reliability" in report_page(card)


def _without_figures(card: ModelCard) -> ModelCard:
    untouched = replace(
        card.evaluation.untouched,
        reliability=(),
        confusion=((0, 0, 0),) * 3,
        skill=0.0,
        skill_low=0.0,
        skill_high=0.0,
    )
    evaluation = replace(card.evaluation, folds=(), untouched=untouched, walk_forward=untouched)
    return replace(card, evaluation=evaluation, importance={}, dropped={})


def test_the_json_report_holds_the_card_and_what_serves() -> None:
    report = model_report(CARD, [])
    assert report.card == CARD
    assert report.summary.majority_rate == CARD.evaluation.untouched.majority_rate
    assert report.summary.configurations_tried == 6


def test_how_to_make_it_again_names_labels_that_are_not_as_specified() -> None:
    usual = replace(CARD, look_ahead_bars=5, threshold=0.005)
    assert "--look-ahead" not in reproduce(usual)
    assert "--threshold" not in reproduce(usual)
    other = reproduce(replace(usual, look_ahead_bars=9, threshold=0.02))
    assert other.endswith("--look-ahead 9 --threshold 0.02")

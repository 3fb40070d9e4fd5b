"""A model's report as one page that needs nothing else: no script, no request."""

from importlib.resources import files
from typing import Final

from ml_service.registry.model_card import ModelCard
from ml_service.report.headline import header, headline, title
from ml_service.report.markup import Markup, join, tag
from ml_service.report.measured import measured
from ml_service.report.provenance import provenance
from ml_service.report.wording import day

STYLE: Final = Markup((files(__package__) / "report.css").read_text(encoding="utf-8"))
HEAD: Final = Markup(
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
)


def report_page(card: ModelCard) -> str:
    untouched = card.evaluation.untouched
    seen = f"Untouched stretch, {day(untouched.from_ms)} to {day(untouched.until_ms)}"
    head = tag("head", HEAD, tag("title", title(card)), tag("style", STYLE))
    body = tag(
        "main",
        header(card),
        tag(
            "p",
            f"{seen}: nothing was fitted or chosen on it; of the very model that is stored.",
            class_="note",
        ),
        headline(untouched),
        tag("div", join(measured(card), provenance(card)), class_="panels"),
    )
    return f"<!doctype html>{tag('html', head, tag('body', body), lang='en')}"

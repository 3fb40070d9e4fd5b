"""A reader who follows a link of ours arrives, at the very section."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\(([^)#:]*)(?:#([^)]*))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_local_link_resolves(document: Path) -> None:
    assert list(dead_links(document)) == []


def dead_links(document: Path) -> Iterator[str]:
    for path, section in LINK.findall(document.read_text()):
        target = document.parent / path if path else document
        if not target.exists():
            yield path
        elif section and target.suffix == ".md" and section not in sections(target):
            yield f"{path}#{section}"


def sections(document: Path) -> set[str]:
    """As GitHub names them: lower case, no punctuation, hyphens for spaces."""
    headings = HEADING.findall(document.read_text())
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings}

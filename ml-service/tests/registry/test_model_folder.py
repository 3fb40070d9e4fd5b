"""A cache on disk gives back what is as it was, and nothing else."""

from pathlib import Path

import pytest

from ml_service.registry.model_contents import CARD, SUFFIXES, TREES, contents_of, sha256_of
from ml_service.registry.model_folder import ModelFolder
from tiny_models import tiny_model

MODEL = tiny_model()
ID = MODEL.card.model_id
CONTENTS = contents_of(MODEL)
DIGESTS = {suffix: sha256_of(content) for suffix, content in CONTENTS.items()}


@pytest.fixture
def folder(tmp_path: Path) -> ModelFolder:
    folder = ModelFolder(tmp_path / "models")
    folder.write_all(ID, CONTENTS)
    return folder


def test_writing_again_changes_nothing_and_leaves_nothing_behind(folder: ModelFolder) -> None:
    folder.write_all(ID, CONTENTS)
    assert folder.intact(ID, DIGESTS) == CONTENTS
    files = sorted(file.name for file in folder.path(ID, CARD).parent.iterdir())
    assert files == sorted(f"{ID}{suffix}" for suffix in SUFFIXES)


def test_what_is_damaged_lost_or_unreadable_is_not_given_back(folder: ModelFolder) -> None:
    folder.path(ID, TREES).write_bytes(MODEL.trees[:-1])
    folder.path(ID, CARD).unlink()
    assert folder.intact(ID, DIGESTS).keys() == set(SUFFIXES) - {TREES, CARD}
    folder.path(ID, CARD).mkdir()
    assert folder.intact(ID, DIGESTS).keys() == set(SUFFIXES) - {TREES, CARD}


def test_an_empty_or_missing_folder_has_nothing(tmp_path: Path) -> None:
    assert ModelFolder(tmp_path / "nowhere").intact(ID, DIGESTS) == {}

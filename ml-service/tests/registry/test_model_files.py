"""What is wrong with a model's files is found, and named."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest

from ml_service.registry.model_card import ModelCard
from ml_service.registry.model_file_error import ModelFileError, Refusal
from ml_service.registry.model_files import CARD, REPORT, TREES, ModelFiles
from ml_service.registry.model_id import model_id_of
from tiny_models import TinyModel, tiny_model

MODEL = tiny_model()
OTHER = tiny_model(seed=8)
ID = MODEL.card.model_id
Damage = Callable[[Path], None]


@pytest.fixture
def files(tmp_path: Path) -> ModelFiles:
    files = ModelFiles(tmp_path / "models")
    files.save(MODEL)
    files.save(OTHER)
    return files


def test_what_is_loaded_is_what_was_saved_and_answers_alike(files: ModelFiles) -> None:
    loaded = files.load(ID)
    rows = np.random.default_rng(1).normal(100, 10, (5, len(MODEL.card.feature_names)))
    assert loaded.card == MODEL.card
    assert files.path(ID, TREES).read_bytes() == MODEL.trees
    batch = loaded.probabilities(rows)
    assert [loaded.predict(row).probabilities for row in rows] == batch
    assert "<!doctype html>" in files.path(ID, REPORT).read_text()


def test_saving_again_changes_nothing_and_leaves_nothing_behind(files: ModelFiles) -> None:
    folder = files.path(ID, CARD).parent
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    files.save(MODEL)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert len(before) == 6


def _edit_card(edit: Callable[[dict[str, Any]], None]) -> Damage:
    """As somebody would who also puts the check right."""

    def damage(folder: Path) -> None:
        file = folder / f"{ID}{CARD}"
        found = orjson.loads(file.read_bytes())
        edit(found["card"])
        written = orjson.dumps(found["card"], option=orjson.OPT_SORT_KEYS)
        found["card_sha256"] = hashlib.sha256(written).hexdigest()
        file.write_bytes(orjson.dumps(found))

    return damage


def _write(suffix: str, content: bytes) -> Damage:
    def damage(folder: Path) -> None:
        (folder / f"{ID}{suffix}").write_bytes(content)

    return damage


def _remove(suffix: str) -> Damage:
    return lambda folder: (folder / f"{ID}{suffix}").unlink()


def _swap(suffix: str) -> Damage:
    def damage(folder: Path) -> None:
        (folder / f"{OTHER.card.model_id}{suffix}").replace(folder / f"{ID}{suffix}")

    return damage


def _flip_a_bit(suffix: str, at: int) -> Damage:
    def damage(folder: Path) -> None:
        content = bytearray((folder / f"{ID}{suffix}").read_bytes())
        content[at] ^= 1
        (folder / f"{ID}{suffix}").write_bytes(content)

    return damage


def _change_the_seed(folder: Path) -> None:
    file = folder / f"{ID}{CARD}"
    file.write_bytes(file.read_bytes().replace(b'"seed": 7', b'"seed": 8'))


DAMAGES: list[tuple[Damage, Refusal, str]] = [
    (_remove(CARD), Refusal.CARD_MISSING, "No such file"),
    (_write(CARD, b""), Refusal.CARD_UNREADABLE, "no JSON"),
    (_write(CARD, b'{"card": {"form'), Refusal.CARD_UNREADABLE, "no JSON"),
    (_write(CARD, b"[1, 2]"), Refusal.CARD_UNREADABLE, "holds no card"),
    (_write(CARD, b"\xff\x00"), Refusal.CARD_UNREADABLE, "no JSON"),
    (_edit_card(lambda card: card.update(format=2)), Refusal.FUTURE_FORMAT, "format is 2"),
    (_edit_card(lambda card: card.pop("seed")), Refusal.CARD_UNREADABLE, "seed"),
    (_change_the_seed, Refusal.CARD_DAMAGED, "not as it was written"),
    (_swap(CARD), Refusal.OTHER_MODEL, OTHER.card.model_id),
    (_edit_card(lambda card: card.update(feature_hash="0")), Refusal.FEATURES_UNKNOWN, "spec16"),
    (_edit_card(lambda card: card.update(feature_set="x")), Refusal.FEATURES_UNKNOWN, "x v"),
    (_remove(TREES), Refusal.TREES_MISSING, "No such file"),
    (_write(TREES, b""), Refusal.TREES_EMPTY, "empty"),
    (_write(TREES, MODEL.trees[:-20]), Refusal.TREES_TRUNCATED, "end after"),
    (_flip_a_bit(TREES, len(MODEL.trees) // 2), Refusal.TREES_DIFFER, "others than its card"),
    (_swap(TREES), Refusal.TREES_DIFFER, "others than its card"),
]


@pytest.mark.parametrize(("damage", "reason", "named"), DAMAGES)
def test_damaged_files_are_refused_by_name(
    files: ModelFiles, damage: Damage, reason: Refusal, named: str
) -> None:
    damage(files.path(ID, CARD).parent)
    with pytest.raises(ModelFileError, match=named) as refusal:
        files.load(ID)
    assert refusal.value.reason is reason
    assert str(refusal.value).startswith(ID)


def test_a_card_that_was_changed_with_care_is_not_that_of_its_name(files: ModelFiles) -> None:
    hotter = replace(MODEL.card.calibrator, temperature=9.0)
    files.save(TinyModel(MODEL.trees, replace(MODEL.card, calibrator=hotter)))
    with pytest.raises(ModelFileError, match="its name says otherwise") as refusal:
        files.load(ID)
    assert refusal.value.reason is Refusal.CARD_DAMAGED


def test_trees_that_xgboost_cannot_read_are_refused(files: ModelFiles) -> None:
    for trees in (b"{}", b"not UBJ at all", MODEL.trees[:500]):
        model = _renamed(TinyModel(trees, MODEL.card))
        files.save(model)
        with pytest.raises(ModelFileError) as refusal:
            files.load(model.card.model_id)
        assert refusal.value.reason is Refusal.TREES_UNREADABLE


def _renamed(model: TinyModel) -> TinyModel:
    digest = hashlib.sha256(model.trees).hexdigest()
    card: ModelCard = replace(model.card, trees_sha256=digest)
    card = replace(card, model_id=model_id_of(card, model.trees))
    return TinyModel(model.trees, card)

"""What is wrong with a model's files is found, and named."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import orjson
import pytest

from ml_service.learning.loaded_model import LoadedModel
from ml_service.registry.model_card import ModelCard
from ml_service.registry.model_contents import (
    CARD,
    REPORT,
    TREES,
    Contents,
    contents_of,
    loaded_model,
    sha256_of,
)
from ml_service.registry.model_file_error import ModelFileError, Refusal
from ml_service.registry.model_id import model_id_of
from tiny_models import TinyModel, tiny_model

MODEL = tiny_model()
OTHER = tiny_model(seed=8)
ID = MODEL.card.model_id
Damage = Callable[[dict[str, bytes]], object]


def loaded(contents: Contents, model_id: str = ID) -> LoadedModel:
    """As whoever stored them says that they are."""
    digests = {suffix: sha256_of(content) for suffix, content in contents.items()}
    return loaded_model(model_id, contents, digests)


def test_what_is_loaded_is_what_was_trained_and_answers_alike() -> None:
    contents = contents_of(MODEL)
    found = loaded(contents)
    rows = np.random.default_rng(1).normal(100, 10, (5, len(MODEL.card.feature_names)))
    assert found.card == MODEL.card
    assert contents[TREES] == MODEL.trees
    batch = found.probabilities(rows)
    assert [found.predict(row).probabilities for row in rows] == batch
    assert "<!doctype html>" in contents[REPORT].decode()


def _edit_card(edit: Callable[[dict[str, Any]], None]) -> Damage:
    """As somebody would who also puts the check right."""

    def damage(contents: dict[str, bytes]) -> None:
        found = orjson.loads(contents[CARD])
        edit(found["card"])
        written = orjson.dumps(found["card"], option=orjson.OPT_SORT_KEYS)
        found["card_sha256"] = hashlib.sha256(written).hexdigest()
        contents[CARD] = orjson.dumps(found)

    return damage


def _write(suffix: str, content: bytes) -> Damage:
    return lambda contents: contents.update({suffix: content})


def _remove(suffix: str) -> Damage:
    return lambda contents: contents.pop(suffix)


def _swap(suffix: str) -> Damage:
    return _write(suffix, contents_of(OTHER)[suffix])


def _flip_a_bit(suffix: str, at: int) -> Damage:
    def damage(contents: dict[str, bytes]) -> None:
        content = bytearray(contents[suffix])
        content[at] ^= 1
        contents[suffix] = bytes(content)

    return damage


def _change_the_seed(contents: dict[str, bytes]) -> None:
    contents[CARD] = contents[CARD].replace(b'"seed": 7', b'"seed": 8')


DAMAGES: list[tuple[Damage, Refusal, str]] = [
    (_remove(CARD), Refusal.CARD_MISSING, "is not there"),
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
    (_remove(TREES), Refusal.TREES_MISSING, "is not there"),
    (_write(TREES, b""), Refusal.TREES_EMPTY, "empty"),
    (_write(TREES, MODEL.trees[:-20]), Refusal.TREES_TRUNCATED, "end after"),
    (_flip_a_bit(TREES, len(MODEL.trees) // 2), Refusal.TREES_DIFFER, "others than its card"),
    (_swap(TREES), Refusal.TREES_DIFFER, "others than its card"),
]


@pytest.mark.parametrize(("damage", "reason", "named"), DAMAGES)
def test_damaged_files_are_refused_by_name(damage: Damage, reason: Refusal, named: str) -> None:
    contents = dict(contents_of(MODEL))
    damage(contents)
    with pytest.raises(ModelFileError, match=named) as refusal:
        loaded(contents)
    assert refusal.value.reason is reason
    assert str(refusal.value).startswith(ID)


def test_a_card_that_was_changed_with_care_is_not_that_of_its_name() -> None:
    hotter = replace(MODEL.card.calibrator, temperature=9.0)
    with pytest.raises(ModelFileError, match="its name says otherwise") as refusal:
        loaded(contents_of(TinyModel(MODEL.trees, replace(MODEL.card, calibrator=hotter))))
    assert refusal.value.reason is Refusal.CARD_DAMAGED


def test_a_card_with_prettier_figures_is_not_the_one_that_was_stored() -> None:
    stored = contents_of(MODEL)
    digests = {suffix: sha256_of(content) for suffix, content in stored.items()}
    contents = dict(stored)
    _edit_card(lambda card: card["gate"].update(lower_bound=0.9))(contents)
    with pytest.raises(ModelFileError, match="not as it was stored") as refusal:
        loaded_model(ID, contents, digests)
    assert refusal.value.reason is Refusal.CARD_DAMAGED


def test_trees_that_xgboost_cannot_read_are_refused() -> None:
    for trees in (b"{}", b"not UBJ at all", MODEL.trees[:500]):
        model = _renamed(TinyModel(trees, MODEL.card))
        with pytest.raises(ModelFileError) as refusal:
            loaded(contents_of(model), model.card.model_id)
        assert refusal.value.reason is Refusal.TREES_UNREADABLE


def _renamed(model: TinyModel) -> TinyModel:
    digest = hashlib.sha256(model.trees).hexdigest()
    card: ModelCard = replace(model.card, trees_sha256=digest)
    card = replace(card, model_id=model_id_of(card, model.trees))
    return TinyModel(model.trees, card)

"""What the files of a model hold, and what is wrong with them: pure, but for XGBoost.

`<model_id>.ubj` holds the trees as XGBoost writes them, `<model_id>.json` the card and what it
takes to see that both are whole, `<model_id>.html` the report for people.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, Final, Protocol

import orjson

from ml_service.learning.loaded_model import LoadedModel
from ml_service.registry.model_card import FORMAT, ModelCard
from ml_service.registry.model_file_error import ModelFileError, Refusal
from ml_service.registry.model_id import model_id_of
from ml_service.report.report_page import report_page
from trading_core.errors import InvalidJsonError
from trading_core.features.catalogue import FEATURE_SETS
from trading_core.frozen_json import from_json, to_json

Json = Any  # Any: whatever a JSON text can hold
Contents = Mapping[str, bytes]
"""The files of one model, by suffix."""

TREES: Final = ".ubj"
CARD: Final = ".json"
REPORT: Final = ".html"
SUFFIXES: Final = (TREES, REPORT, CARD)
UBJ_END: Final = b"}"
"""Of a whole file; a shorter one that ends so is another model's."""


class Trained(Protocol):
    """What training makes; training itself is nothing that serving loads."""

    @property
    def trees(self) -> bytes: ...
    @property
    def card(self) -> ModelCard: ...


def contents_of(trained: Trained) -> Contents:
    card = trained.card
    return {
        TREES: trained.trees,
        REPORT: report_page(card).encode(),
        CARD: _card_file(card, len(trained.trees)),
    }


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def loaded_model(model_id: str, contents: Contents, digests: Mapping[str, str]) -> LoadedModel:
    """Of files that shall have these SHA-256, by suffix.

    Imports XGBoost, which takes a second the first time.

    Raises ModelFileError, which names what is wrong with the files.
    """
    refuse = _Refuser(model_id)
    found = _parse(_held(contents, CARD, refuse, Refusal.CARD_MISSING), refuse)
    card = _checked_card(found, model_id, refuse)
    trees = _held(contents, TREES, refuse, Refusal.TREES_MISSING)
    _check_trees(trees, found, card, refuse)
    if model_id_of(card, trees) != model_id:
        raise refuse(Refusal.CARD_DAMAGED, "its card has been changed: its name says otherwise")
    if sha256_of(contents[CARD]) != digests[CARD]:
        raise refuse(Refusal.CARD_DAMAGED, "its card is not as it was stored")
    try:
        return LoadedModel.of(trees, card)
    except ValueError as error:
        raise refuse(
            Refusal.TREES_UNREADABLE, f"XGBoost refuses its trees: {str(error)[:200]}"
        ) from error


def _held(contents: Contents, suffix: str, refuse: "_Refuser", missing: Refusal) -> bytes:
    if suffix not in contents:
        raise refuse(missing, f"its file {suffix} is not there")
    return contents[suffix]


class _Refuser:
    """Makes the errors of one model."""

    def __init__(self, model_id: str) -> None:
        self._model_id = model_id

    def __call__(self, reason: Refusal, sentence: str) -> ModelFileError:
        return ModelFileError(self._model_id, reason, sentence)


def _card_file(card: ModelCard, trees_bytes: int) -> bytes:
    written = to_json(card)
    envelope = {"card": written, "card_sha256": _digest(written), "trees_bytes": trees_bytes}
    return orjson.dumps(envelope, option=orjson.OPT_INDENT_2)


def _digest(card: Json) -> str:
    return hashlib.sha256(orjson.dumps(card, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _parse(content: bytes, refuse: _Refuser) -> Mapping[str, Json]:
    try:
        found = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise refuse(Refusal.CARD_UNREADABLE, f"its card is no JSON: {error}") from error
    if not isinstance(found, dict) or not isinstance(found.get("card"), dict):
        raise refuse(Refusal.CARD_UNREADABLE, "its card's file holds no card")
    return found


def _checked_card(found: Mapping[str, Json], model_id: str, refuse: _Refuser) -> ModelCard:
    written = found["card"]
    if written.get("format") != FORMAT:
        sentence = f"its format is {str(written.get('format'))[:20]}, and this code reads {FORMAT}"
        raise refuse(Refusal.FUTURE_FORMAT, sentence)
    if _digest(written) != found.get("card_sha256"):
        raise refuse(Refusal.CARD_DAMAGED, "its card is not as it was written")
    try:
        card = from_json(ModelCard, written)
    except InvalidJsonError as error:
        raise refuse(Refusal.CARD_UNREADABLE, f"its card is of no known kind: {error}") from error
    if card.model_id != model_id:
        raise refuse(Refusal.OTHER_MODEL, f"its card is that of {card.model_id[:100]}")
    _check_features(card, refuse)
    return card


def _check_features(card: ModelCard, refuse: _Refuser) -> None:
    known = FEATURE_SETS.get(card.feature_set)
    if known is None or known.schema_hash != card.feature_hash:
        sentence = (
            f"its features {card.feature_set} v{card.feature_version} are unknown to this code"
        )
        raise refuse(Refusal.FEATURES_UNKNOWN, sentence)


def _check_trees(
    trees: bytes, found: Mapping[str, Json], card: ModelCard, refuse: _Refuser
) -> None:
    expected = found.get("trees_bytes")
    if not trees:
        raise refuse(Refusal.TREES_EMPTY, "the file of its trees is empty")
    if isinstance(expected, int) and len(trees) < expected and not trees.endswith(UBJ_END):
        sentence = f"its trees end after {len(trees)} of {expected} bytes"
        raise refuse(Refusal.TREES_TRUNCATED, sentence)
    if hashlib.sha256(trees).hexdigest() != card.trees_sha256:
        raise refuse(Refusal.TREES_DIFFER, "its trees are others than its card names")

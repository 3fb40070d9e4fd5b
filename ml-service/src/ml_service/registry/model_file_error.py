"""Why files of a model are refused."""

from enum import StrEnum


class Refusal(StrEnum):
    """Named in logs, metrics and answers."""

    CARD_MISSING = "card_missing"
    CARD_UNREADABLE = "card_unreadable"
    FUTURE_FORMAT = "future_format"
    CARD_DAMAGED = "card_damaged"
    OTHER_MODEL = "other_model"
    FEATURES_UNKNOWN = "features_unknown"
    TREES_MISSING = "trees_missing"
    TREES_EMPTY = "trees_empty"
    TREES_TRUNCATED = "trees_truncated"
    TREES_DIFFER = "trees_differ"
    TREES_UNREADABLE = "trees_unreadable"


class ModelFileError(Exception):
    """The sentence is for people."""

    def __init__(self, model_id: str, reason: Refusal, sentence: str) -> None:
        super().__init__(f"{model_id}: {sentence}")
        self.model_id = model_id
        self.reason = reason
